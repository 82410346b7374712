// Made from the Rust types by core/tests/describe.rs.

/** Something that has happened to the account itself. */
export type AccountEvent =
  | {
    "event": "account_opened";
    /** The id of the account. */
    account: AccountId;
    /** The customer's terms. */
    terms: CustomerTerms;
  }
  | {
    "event": "holder_set";
    /** The holder. */
    holder: HolderId;
    /** Whether it may get numbers. */
    allowed: boolean;
    /** Whether its numbers count against the account's limits. */
    counted: boolean;
  }
  | {
    "event": "number_imported";
    /** The number. */
    held: ImportedNumber;
  }
  | {
    "event": "purchase_accepted";
    /** The id of the new purchase. */
    purchase: PurchaseId;
    /** What was agreed. It never changes. */
    agreement: Agreement;
    /** The idempotency key of the request, if it had one. */
    key: IdempotencyKey | null;
    /** Until when the key is remembered. Absent: as long as the account. */
    key_until?: Timestamp;
    /** What the shop's rules look back on. */
    windows: WindowRules;
  }
  | {
    "event": "purchase_awaits_kyc";
    /** The id of the new purchase. */
    purchase: PurchaseId;
    /** What would have been agreed now. */
    agreement: AgreementOutline;
    /** The idempotency key of the request. */
    key: IdempotencyKey;
    /** A repeat must have this fingerprint. */
    fingerprint: Fingerprint;
    /** What it waits for. */
    awaiting: AwaitingKyc;
  }
  | {
    "event": "kyc_wait_extended";
    /** The waiting purchase. */
    purchase: PurchaseId;
    /** The new deadline. Absent: none. */
    until?: Timestamp;
  }
  | {
    "event": "kyc_wait_ended";
    /** The waiting purchase. */
    purchase: PurchaseId;
    /** Why. */
    failure: Failure;
    /** The key that is free again. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "verification_recorded";
    /** The verification, which replaces the one for the same country and type. */
    verification: Verification;
  }
  | {
    "event": "key_joined";
    /** The key. */
    key: IdempotencyKey;
    /** The pending purchase. */
    purchase: PurchaseId;
    /** A repeat must have this fingerprint. */
    fingerprint: Fingerprint;
    /** Until when the key is remembered. Absent: as long as the account. */
    until?: Timestamp;
  }
  | {
    "event": "key_expired";
    /** The key. */
    key: IdempotencyKey;
    /** The instant at which it was found to be over. */
    at: Timestamp;
  }
  | {
    "event": "wallet_topped_up";
    /** The command that added it; absent for what the wallet had when the account was opened. */
    command?: CommandId;
    /** The amount added. */
    money: Money;
  }
  | {
    "event": "terms_changed";
    /** The new terms, complete. */
    terms: CustomerTerms;
  };

/** The account that pays. Decisions about one account are made one after the other. */
export type AccountId = string;

/** What an effect does. */
export type Action =
  | {
    "action": "open_checkout";
    /** The amount due now. */
    amount: Money;
    /** When the page expires. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** The number to reserve, or what it must match. */
    selector: Selector;
    /** The own price that the number must have. Absent: the price is the rate card's, and a number with its own price must cost the same. [`Agreement::accepts`](crate::purchase::Agreement::accepts) tells. */
    own_price?: OfferedPrice;
    /** Numbers that were reserved before and are not what was agreed. */
    except?: Array<E164>;
  }
  | {
    "action": "charge";
    /** The payment method to charge. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number to order. */
    number: E164;
    /** The holder that the number is for. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number that was ordered. */
    number: E164;
    /** The id of the order effect: the key under which it was placed. */
    order: EffectId;
    /** Whether the carrier can answer by its list of our numbers only. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number to return. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The payment method that took it. */
    method: PaymentMethod;
    /** The amount to return. */
    amount: Money;
    /** The checkout session that took it. Absent: a charge. */
    checkout?: CheckoutId;
  }
  | {
    "action": "end_charges";
    /** The payment method that pays for it. */
    method: PaymentMethod;
  }
  | {
    "action": "renew";
    /** The payment method that pays for the number. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "release";
    /** The number to return. */
    number: E164;
  };

/** The number is bought. */
export type Active = {
  /** The number in E.164. */
  number: E164;
};

/** The credential that sends a request. */
export type Actor = {
  /** The only holder that the credential may act for. Absent: every holder. */
  only_holder?: HolderId | null;
  /** The actor's role in the account. Absent: owner. */
  role?: Role;
};

/** Where an address must be. */
export type AddressWithin = "country" | "area";

/** What a purchase keeps of its agreement: all of it until it has ended, then an outline. */
export type Agreed =
  | {
    "kept": "whole";
  } & Agreement
  | {
    "kept": "outline";
  } & AgreementOutline;

/** What was agreed when a purchase was accepted. */
export type Agreement = {
  /** The instant of the acceptance. */
  accepted_at: Timestamp;
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The holder that the number is for. */
  holder: HolderId | null;
  /** The selector of the request. */
  selector: Selector;
  /** The country of the number. */
  country: Country;
  /** The number type, if the request or the offer had one. */
  number_type?: NumberType;
  /** The payment method that the policy chose. */
  payment: PaymentMethod;
  /** The agreed price. */
  price: Price;
  /** What the price was made of. A reserved number must have the same. */
  basis?: PriceBasis;
  /** The fingerprint that a repeat must have. */
  fingerprint: Fingerprint;
  /** What becomes of the key if the purchase fails. */
  failed_key?: FailedKey;
  /** How the carrier clears up an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** When the money is taken. */
  charged: ChargeTime;
  /** Whether the periods after the first are charged. */
  renews?: boolean;
  /** When the checkout expires. Present for payment by checkout only. */
  checkout_expires_at: Timestamp | null;
  /** How long after that a payment made in time may be told, in seconds. */
  checkout_grace_s?: number;
};

/** What repeats and late outcomes of an ended purchase are judged by. Its event `purchase_accepted` has the whole agreement. */
export type AgreementOutline = {
  /** The instant of the acceptance. */
  accepted_at: Timestamp;
  /** The holder that the number is for. */
  holder?: HolderId;
  /** The selector of the request. */
  selector: Selector;
  /** The country of the number. */
  country: Country;
  /** The payment method that the policy chose. */
  payment: PaymentMethod;
  /** The amount that was due. */
  due_now: Money;
  /** How the carrier clears up an order in doubt. Absent: the number is bought, so none is. */
  order_evidence?: OrderEvidence;
};

/** How often an effect was tried without an answer, and when it is tried again. */
export type Attempts = {
  /** The attempts without an answer. */
  unanswered: number;
  /** The attempts before those: a manual review has asked once more since. Absent: none. */
  earlier?: number;
  /** The earliest instant of the next attempt. */
  not_before: Timestamp;
  /** Whether the policy's `attempts_max` is reached. The effect is then in manual review: it is not tried again unless the review asks once more. Absent: no. */
  in_review?: boolean;
};

/** The verification that the number needs is not approved. */
export type AwaitingKyc = {
  /** The type of the number, if the request tells it. */
  number_type?: NumberType;
  /** The tier of the number. */
  tier: number;
  /** The first instant at which it is too late for papers. Absent: never. */
  until?: Timestamp;
};

/** The customer can pay at the checkout. */
export type AwaitingPayment = {
  /** The session at the payment provider. */
  checkout: CheckoutId;
  /** The address of the page. */
  url: string;
  /** The first instant at which it cannot be paid. */
  expires_at: Timestamp;
};

/** The number is provisioned, and the money is being taken. */
export type Billing = {
  /** The provisioned number. */
  offer: OfferedNumber;
  /** The charge's attempts. */
  attempts: Attempts;
};

/** How a customer pays recurring fees. */
export type BillingKind = "prepaid" | "subscription" | "usage";

/** The kinds of billing that countries require. */
export type BillingRules = {
  /** The countries in which every kind of billing may buy. */
  domestic: Array<Country>;
  /** The kind of billing that all other countries require. */
  international: BillingKind;
};

/** One account of the ledger. */
export type Book = "taken" | "wallet" | "holds" | "setup_fees" | "rent_to_run" | "rent_used" | "tax" | "other_fees" | "refunds";

/** A calendar period. It begins at midnight. */
export type CalendarPeriod = "day" | "month";

/** What a number can carry. */
export type Capabilities = {
  /** Voice calls. */
  voice: boolean;
  /** Text messages. */
  sms: boolean;
  /** Multimedia messages. */
  mms: boolean;
  /** Faxes. */
  fax: boolean;
};

/** A value that was promised, and the current one. */
export type Changed<T> = {
  /** The promised value. */
  seen: T;
  /** The current value. */
  now: T;
};

/** What a line is for. */
export type ChargeKind = "setup_fee" | "other_fee" | "first_month" | "first_year" | "recurring_fee" | "proration" | "included_number" | "discount" | "minimum_charge" | "tax";

/** When the money is taken. */
export type ChargeTime = "before_order" | "at_provisioning";

/** The money is being taken. */
export type Charging = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** The charge's attempts. */
  attempts: Attempts;
};

/** The checkout sessions of the payment provider. */
export type Checkout = {
  /** How long a session can be paid, in seconds. */
  lifetime_s: number;
  /** How long after its end a payment made before it may be told, in seconds. The purchase counts no longer then, but it is recorded as ended only after that. */
  grace_s?: number;
};

/** A checkout session at the payment provider. */
export type CheckoutId = string;

/** The guard against buying and releasing in turns: a limit on moves in a sliding window. */
export type Churn = {
  /** The most claims and releases in the window. */
  moves_max: number;
  /** The length of the window, in seconds. */
  window_s: number;
};

/** Any command, as JSON has it. */
export type Command =
  | {
    "command": "purchase";
    /** A fresh id for the purchase. It is not used if the request repeats an earlier one. */
    id: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
    /** The request as the client wrote it. */
    request: PurchaseRequest;
  }
  | {
    "command": "record_outcome";
    /** The effect that was run. */
    effect: EffectId;
    /** How it ended. */
    outcome: Outcome;
  }
  | {
    "command": "record_checkout_paid";
    /** The purchase that the checkout is for. */
    purchase: PurchaseId;
    /** The session that was paid. */
    checkout: CheckoutId;
    /** The amount that it took. */
    amount: Money;
    /** The instant of the payment, by the payment provider's clock. The message may come later. */
    paid_at: Timestamp;
  }
  | {
    "command": "record_checkout_declined";
    /** The purchase that the checkout is for. */
    purchase: PurchaseId;
    /** The session that ended. */
    checkout: CheckoutId;
  }
  | {
    "command": "release";
    /** The purchase that bought the number. */
    number: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
    /** When the number shall leave. Absent: as the policy says, or as it is scheduled already. */
    when?: ReleaseWhen;
  }
  | {
    "command": "cancel_release";
    /** The purchase that bought the number. */
    number: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
  }
  | {
    "command": "transfer";
    /** The purchase that bought the number. */
    number: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
    /** The holder that shall have it. */
    holder: HolderId;
    /** Whether to move it although it was used a short time ago. Absent: no. */
    force?: boolean;
  }
  | {
    "command": "record_use";
    /** The purchase that bought the number. */
    number: PurchaseId;
    /** The instant of the use. */
    at: Timestamp;
  }
  | {
    "command": "top_up";
    /** The id of the command. A repeat has the same one, and changes nothing. */
    id: CommandId;
    /** Who sends the request. */
    actor: Actor;
    /** The amount to add. */
    money: Money;
  }
  | {
    "command": "change_terms";
    /** The new terms, complete. */
    terms: CustomerTerms;
  }
  | {
    "command": "resolve";
    /** The purchase; for a held number, the one that bought it. */
    purchase: PurchaseId;
    /** Who sends the request. */
    actor: Actor;
    /** The kind of the effect in review, as `in_review` of the purchase or of the number has it. An order that is queried is an order. */
    effect: EffectKind;
    /** What the review found. */
    finding: Finding;
  }
  | {
    "command": "record_verification";
    /** The country of the numbers. Absent: the verification is the account's. */
    country: Country | null;
    /** The type of the numbers. Absent: all types. */
    number_type: NumberType | null;
    /** What was said. */
    finding: KycFinding;
    /** The papers in the host's store of personal data. */
    papers: PapersId | null;
  }
  | {
    "command": "end_kyc_wait";
    /** The waiting purchase. One that waits no more is unchanged. */
    purchase: PurchaseId;
    /** Whether the papers were declined. Otherwise they were withdrawn. */
    declined: boolean;
  }
  | {
    "command": "set_holder";
    /** The holder. */
    holder: HolderId;
    /** Whether it may get numbers. */
    allowed: boolean;
    /** Whether its numbers count against the account's limits. */
    counted: boolean;
  }
  | {
    "command": "wake_up";
    /** The purchases and numbers that are due. */
    records: Array<RecordId>;
  };

/** A command that moves money or closes a review. The host draws it at random; a repeat of the command has the same one. */
export type CommandId = string;

/** What was done is being undone. */
export type Compensating = {
  /** The reason of the failure. */
  failure: Failure;
  /** The remaining steps. */
  steps: UndoSteps;
  /** The attempts of the current step. */
  attempts: Attempts;
};

/** What a successful effect returned. */
export type Confirmation =
  | {
    "of": "checkout_open";
    /** The session at the payment provider. */
    checkout: CheckoutId;
    /** The address of the page. */
    url: string;
  }
  | {
    "of": "reserved";
    /** The reserved number, as the inventory describes it. */
    offer: OfferedNumber;
  }
  | {
    "of": "order_found";
  }
  | {
    "of": "order_absent";
  }
  | {
    "of": "done";
  };

/** How to correct a field. */
export type Correction =
  | {
    "kind": "retype";
  }
  | {
    "kind": "fill";
  }
  | {
    "kind": "replace";
  }
  | {
    "kind": "match";
    /** The inventory id of the number. */
    found: InventoryId;
  }
  | {
    "kind": "write";
    /** The text of the field. */
    text: string;
  };

/** A country, by its two-letter code. Any two letters are accepted; the rate card says where numbers are sold. */
export type Country = string;

/** Why a country is a choice. */
export type CountryChoice = "sold" | "billing_serves" | "of_the_number";

/** A currency, by its three-letter code of ISO 4217. */
export type Currency = string;

/** What the customer has agreed with the shop. */
export type CustomerTerms = {
  /** The plan. Absent if the shop has none. */
  plan?: PlanId | null;
  /** How the customer pays recurring fees. */
  billing: BillingKind;
  /** Whether a card or another payment method is on file. */
  payment_method_on_file?: boolean;
  /** The state of the customer's verifications. */
  kyc?: Kyc;
  /** What the customer is, for a regulator. Absent: a business. */
  holder_kind?: HolderKind;
  /** An instant at which a billing period of the customer begins. The others begin whole months before and after. Absent: each number has its own periods. */
  billing_anchor?: Timestamp | null;
};

/** The field of [`crate::ShopData`] that a judgement comes from. */
export type DecidingField = {
  /** A JSON pointer to the field. The end of a list, where an entry is missing, is `-` (RFC 6901). */
  pointer: string;
  /** Whether the shop sets the field. If not, the rule is off or has its default. */
  is_set: boolean;
};

/** One mistake in a document. */
export type Diagnostic = {
  /** The kind of mistake. Its name is stable. */
  code: DiagnosticCode;
  /** Where: a JSON pointer (RFC 6901). Empty for the whole document. */
  path: string;
  /** The line, from 1. Absent if the document was not parsed from text. */
  line?: number;
  /** What is wrong. It quotes the value. */
  message: string;
  /** How to repair it. */
  help: string;
};

/** The kinds of mistake, from the file down to a single value. */
export type DiagnosticCode = "file_unreadable" | "too_large" | "policy_unknown" | "not_json" | "wrong_type" | "member_missing" | "member_unknown" | "member_repeated" | "value_invalid" | "parts_disagree" | "quote_altered" | "quote_expired";

/** A reduction of the price of every number it applies to. */
export type Discount = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The charges that it reduces. */
  on: DiscountBase;
  /** How much it takes off; never more than is left of the charges. */
  off: DiscountOff;
  /** The number of periods that it covers, from the first one, which may be short. Absent: all. */
  periods?: number;
  /** The plans whose customers get it; empty: all. */
  plans?: Array<PlanId>;
  /** The countries whose numbers get it; empty: all. */
  countries?: Array<Country>;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
  /** The first instant of purchases that get it. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: purchases at this instant or later do not get it. Absent: no end. */
  effective_until?: Timestamp;
};

/** The charges that a discount reduces. */
export type DiscountBase = "setup" | "recurring" | "all";

/** How much a discount takes off. */
export type DiscountOff =
  | {
    "percent": Percent;
  }
  | {
    "money": Money;
  };

/** A number in the form of ITU-T E.164: country calling code and national number, 7 to 15 digits together. */
export type E164 = string;

/** What a release before the end of the minimum commitment gets. A number that is released because it is not paid owes the rest in both cases. */
export type EarlyRelease = "refused" | "charged";

/** Something for the host to do. */
export type Effect =
  | {
    /** The id, and the idempotency key to pass on. */
    id: EffectId;
    /** The earliest instant at which to run it. */
    not_before: Timestamp;
  } & (
  | {
    "action": "open_checkout";
    /** The amount due now. */
    amount: Money;
    /** When the page expires. */
    expires_at: Timestamp;
  }
  | {
    "action": "reserve";
    /** The number to reserve, or what it must match. */
    selector: Selector;
    /** The own price that the number must have. Absent: the price is the rate card's, and a number with its own price must cost the same. [`Agreement::accepts`](crate::purchase::Agreement::accepts) tells. */
    own_price?: OfferedPrice;
    /** Numbers that were reserved before and are not what was agreed. */
    except?: Array<E164>;
  }
  | {
    "action": "charge";
    /** The payment method to charge. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "order";
    /** The number to order. */
    number: E164;
    /** The holder that the number is for. */
    holder: HolderId | null;
  }
  | {
    "action": "query_order";
    /** The number that was ordered. */
    number: E164;
    /** The id of the order effect: the key under which it was placed. */
    order: EffectId;
    /** Whether the carrier can answer by its list of our numbers only. */
    list_only: boolean;
  }
  | {
    "action": "unreserve";
    /** The number to return. */
    number: E164;
  }
  | {
    "action": "refund";
    /** The payment method that took it. */
    method: PaymentMethod;
    /** The amount to return. */
    amount: Money;
    /** The checkout session that took it. Absent: a charge. */
    checkout?: CheckoutId;
  }
  | {
    "action": "end_charges";
    /** The payment method that pays for it. */
    method: PaymentMethod;
  }
  | {
    "action": "renew";
    /** The payment method that pays for the number. */
    method: PaymentMethod;
    /** The amount to take. */
    amount: Money;
  }
  | {
    "action": "release";
    /** The number to return. */
    number: E164;
  });

/** The id of an effect: `PURCHASE/KIND`, or `PURCHASE/KIND/N` from the second of a kind on. A repeat of an effect that changes something has the same id, so that it is done once. A query changes nothing; each attempt has its own id, so that a late answer to an earlier one is not taken for the new one. If a reserved number is not what was agreed, the next reservation is another effect. */
export type EffectId = string;

/** The kind of an effect: the name of an [`Action`]. See [`Action::kind`]. */
export type EffectKind = "open_checkout" | "reserve" | "charge" | "order" | "query_order" | "unreserve" | "refund" | "end_charges" | "renew" | "release";

/** Something that has happened. JSON: one flat object; `event` has the name. */
export type Event =
  | {
    /** The purchase it happened to. */
    purchase: PurchaseId;
  } & (
  | {
    "event": "checkout_opened";
    /** The session at the payment provider. */
    checkout: CheckoutId;
    /** The address of the page. */
    url: string;
    /** The first instant at which it cannot be paid. */
    expires_at: Timestamp;
  }
  | {
    "event": "payment_taken";
    /** The amount taken. */
    amount: Money;
    /** The session that took it. Absent: a charge. */
    checkout?: CheckoutId;
  }
  | {
    "event": "number_reserved";
    /** The reserved number, as the inventory describes it. */
    offer: OfferedNumber;
  }
  | {
    "event": "reservation_rejected";
    /** The reserved number, as the inventory describes it. */
    offer: OfferedNumber;
  }
  | {
    "event": "outcome_unknown";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "order_decline_doubted";
    /** The carrier's reason. */
    reason: string;
    /** The earliest instant of the query. */
    not_before: Timestamp;
  }
  | {
    "event": "order_absent";
    /** The earliest instant of the next order. */
    not_before: Timestamp;
  }
  | {
    "event": "number_provisioned";
    /** The instant of the carrier's confirmation. */
    at: Timestamp;
  }
  | {
    "event": "number_activated";
    /** The activation: the paid periods are counted from here. */
    at: Timestamp;
    /** The end of the first period, by the policy's time zone. Absent: by UTC, or nothing is charged after it. */
    paid_until?: Timestamp;
    /** The setup fee in the amount due. */
    setup_fee: Money;
    /** The rent in the amount due: of a month, of a year, or of what is left of a period. */
    rent: Money;
    /** The fees in the amount due that are passed on to others. Absent: zero. */
    other_fees?: Money;
    /** The tax in the amount due. Absent: zero. */
    tax?: Money;
    /** Whether the money is taken by this event. Otherwise it was held. */
    charged: boolean;
  }
  | {
    "event": "compensation_started";
    /** The reason of the failure. */
    failure: Failure;
  }
  | {
    "event": "reservation_returned";
  }
  | {
    "event": "provisioning_returned";
  }
  | {
    "event": "payment_refunded";
    /** The amount refunded. */
    amount: Money;
  }
  | {
    "event": "purchase_failed";
    /** The reason of the failure. */
    failure: Failure;
    /** The wallet hold that is released. */
    freed: Money | null;
    /** The idempotency key that is free again: the same request may be sent again. */
    key: IdempotencyKey | null;
  }
  | {
    "event": "review_needed";
  }
  | {
    "event": "asked_again";
    /** The earliest instant of the next attempt. */
    at: Timestamp;
  })
  | {
    /** The purchase that it is about. */
    purchase: PurchaseId;
  } & (
  | {
    "event": "evidence_came_late";
    /** How it is undone. */
    step: UndoStep;
    /** Whether it is in manual review, because another purchase has the number now. */
    review: boolean;
  }
  | {
    "event": "evidence_undone";
    /** The step that is done. */
    step: UndoStep;
  }
  | {
    "event": "evidence_delayed";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "evidence_review_needed";
  }
  | {
    "event": "evidence_asked_again";
    /** The step. */
    step: UndoStep;
    /** The earliest instant of the next attempt. */
    at: Timestamp;
  }
  | {
    "event": "effect_doubted";
    /** The kind of the effect. */
    effect: EffectKind;
  }
  | {
    "event": "doubt_ended";
    /** The kind of the effect. */
    effect: EffectKind;
  })
  | {
    /** The purchase that it is about. */
    purchase: PurchaseId;
  } & (
  | {
    "event": "session_opened";
    /** The session at the payment provider. */
    checkout: CheckoutId;
  }
  | {
    "event": "payment_unmatched";
    /** The payment as it was told. */
    payment: Payment;
  }
  | {
    "event": "payment_dismissed";
    /** The payment as it was told. */
    payment: Payment;
  }
  | {
    "event": "surplus_taken";
    /** The session. */
    checkout: CheckoutId;
    /** The amount taken. */
    amount: Money;
  }
  | {
    "event": "surplus_refunded";
    /** The session. */
    checkout: CheckoutId;
    /** The amount refunded. */
    amount: Money;
  }
  | {
    "event": "surplus_refund_delayed";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "surplus_review_needed";
  }
  | {
    "event": "surplus_asked_again";
    /** The earliest instant of the next attempt. */
    at: Timestamp;
  })
  | {
    /** The purchase that bought the number. */
    number: PurchaseId;
  } & (
  | {
    "event": "release_scheduled";
    /** The instant. */
    at: Timestamp;
    /** The fee of the release, taken from the wallet. Absent: none. */
    fee?: Money;
  }
  | {
    "event": "cool_down_started";
    /** The instant of the command. */
    at: Timestamp;
    /** The end of the cool-down. */
    ends_at: Timestamp;
    /** The fee of the release, taken from the wallet. Absent: none. */
    fee?: Money;
  }
  | {
    "event": "release_cancelled";
    /** The instant of the command. */
    at: Timestamp;
    /** The fee of the release, given back to the wallet. Absent: none. */
    refunded?: Money;
  }
  | {
    "event": "release_started";
    /** The instant of the command, or the one that was scheduled. */
    at: Timestamp;
    /** The fee of the release, taken from the wallet. Absent: none, or it was taken when the release was scheduled. */
    fee?: Money;
  }
  | {
    "event": "number_transferred";
    /** The instant of the command. */
    at: Timestamp;
    /** The holder. */
    holder: HolderId;
    /** Whether the last use would have kept it with the former one. Absent: no. */
    forced?: boolean;
  }
  | {
    "event": "number_used";
    /** The instant of the use. */
    at: Timestamp;
  }
  | {
    "event": "charges_ended";
  }
  | {
    "event": "release_delayed";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "release_review_needed";
  }
  | {
    "event": "release_asked_again";
    /** The earliest instant of the next attempt. */
    at: Timestamp;
  }
  | {
    "event": "number_released";
    /** The instant of the carrier's confirmation. */
    at: Timestamp;
    /** Paid rent that was not used. It is not returned. */
    forfeited: Money;
  })
  | {
    /** The purchase that bought the number. */
    number: PurchaseId;
  } & (
  | {
    "event": "renewal_due";
    /** The begin of the period. */
    at: Timestamp;
    /** The end of the period, by the policy's time zone. Absent: by UTC. */
    until?: Timestamp;
    /** The rent of the period that has ended. */
    used: Money;
    /** The rent of the new period. */
    rent: Money;
    /** The tax on it. Absent: zero. */
    tax?: Money;
    /** The version of the rate card that made the fee. Absent: it is the agreed one. */
    rate_card_version?: string;
  }
  | {
    "event": "commitment_due";
    /** The instant from which the number is not charged by the period. */
    at: Timestamp;
    /** The rent of the periods. */
    rent: Money;
    /** The tax on it. Absent: zero. */
    tax?: Money;
  }
  | {
    "event": "number_renewed";
    /** The instant of the payment provider's confirmation, or of the decision for a wallet. */
    at: Timestamp;
    /** The rent. */
    rent: Money;
    /** The tax on it. Absent: zero. */
    tax?: Money;
    /** The book that the money leaves: `wallet`, or `taken` for every other method. */
    from: Book;
    /** The book of the rent: `rent_to_run`; or `rent_used` if the number was released in the meantime, and for the rest of a commitment. */
    to: Book;
  }
  | {
    "event": "renewal_declined";
    /** The instant of the answer. */
    at: Timestamp;
    /** When it is asked for again. Absent: when the customer's means of payment change. */
    retry_at?: Timestamp;
    /** When the number is suspended. Absent: never, or it is already, or an earlier decline has said when. */
    suspends_at?: Timestamp;
  }
  | {
    "event": "renewal_delayed";
    /** The earliest instant of the next attempt. */
    not_before: Timestamp;
  }
  | {
    "event": "renewal_review_needed";
  }
  | {
    "event": "renewal_asked_again";
    /** The earliest instant of the next attempt. */
    at: Timestamp;
  }
  | {
    "event": "number_suspended";
    /** The instant. */
    at: Timestamp;
    /** When it is released if nothing is paid. Absent: never. */
    releases_at?: Timestamp;
  }
  | {
    "event": "number_reactivated";
    /** The instant. */
    at: Timestamp;
  }) | AccountEvent;

/** The figures that a passed gate compared. */
export type Evidence =
  | {
    "compared": "not_applicable";
  }
  | {
    "compared": "key_length";
    /** The length of the key, in characters. */
    length: number;
    /** The longest key, in characters. */
    length_max: number;
  }
  | {
    "compared": "key_is_new";
  }
  | {
    "compared": "repeats";
    /** The earlier purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "resumes";
    /** The purchase that waited. */
    purchase: PurchaseId;
  }
  | {
    "compared": "joins";
    /** The pending purchase. */
    purchase: PurchaseId;
  }
  | {
    "compared": "replaces";
    /** The purchase to replace. */
    purchase: PurchaseId;
    /** Whether it was found by its key. */
    by_key: boolean;
  }
  | {
    "compared": "key_of_another_holder";
  }
  | {
    "compared": "well_formed";
  }
  | {
    "compared": "may_act";
  }
  | {
    "compared": "selected";
    /** The selector, parsed. */
    selector: Selector;
  }
  | {
    "compared": "plan";
    /** The customer's plan. */
    plan: PlanId;
    /** The plan's price per month. */
    monthly_fee: Money;
  }
  | {
    "compared": "numbers";
    /** The numbers held. */
    held: number;
    /** The pending purchases. */
    in_flight: number;
    /** The limit: the lower one of policy and plan. */
    limit: number;
  }
  | {
    "compared": "spent";
    /** The calendar period of the limit. */
    period: CalendarPeriod;
    /** The sum of the amounts due in the period. */
    spent: Money;
    /** The amount due now. */
    price: Money;
    /** The largest sum. */
    limit: Money;
  }
  | {
    "compared": "pace";
    /** What is counted. */
    pace: Pace;
    /** The length of the sliding window, in seconds. Absent: a calendar day. */
    window_s: number | null;
    /** The count in the window. */
    count: number;
    /** The limit of the count, this purchase included. */
    limit: number;
  }
  | {
    "compared": "sold";
    /** The country of the number. */
    country: Country;
  }
  | {
    "compared": "in_stock";
    /** The number, if it is known. */
    number: E164 | null;
    /** The type of the number. */
    number_type: NumberType | null;
    /** When a search saw it. Absent: the reservation checks the stock. */
    seen_at: Timestamp | null;
  }
  | {
    "compared": "billing_serves";
    /** The country of the number. */
    country: Country;
  }
  | {
    "compared": "tier";
    /** The tier of the number. */
    tier: number;
    /** The lowest tier that requires KYC. */
    tier_min: number;
    /** Whether the verification is approved. */
    approved: boolean;
    /** The first instant at which the approval does not hold. Absent: it holds until it is withdrawn. */
    expires_at?: Timestamp;
  }
  | {
    "compared": "window";
    /** When the latest purchase was accepted. Absent: there was none. */
    last_accepted_at: Timestamp | null;
    /** The end of the window after it. */
    ends_at: Timestamp | null;
    /** Whether the purchase is confirmed. */
    confirmed: boolean;
  }
  | {
    "compared": "method_on_file";
  }
  | {
    "compared": "funds";
    /** The balance after holds. */
    available: Money;
    /** The amount due now. */
    required: Money;
  }
  | {
    "compared": "same_price";
    /** The amount due now. */
    price: Money;
  }
  | {
    "compared": "same_quote";
    /** The id of the quote. */
    id: QuoteId;
  };

/** One rule of an explanation. */
export type ExplainedRule =
  | {
    /** The gate that the rule is. */
    gate: Gate;
    /** The deciding field. Absent: no policy could change the judgement. */
    field?: DecidingField;
  } & (
  | {
    "status": "passed";
    /** The figures compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** The refusal, with the figures compared. */
    rejection: Rejection;
  }
  | {
    "status": "waiting";
    /** The fact that it lacks. */
    fact: Fact;
  });

/** Why a request is answered the way it is. */
export type Explanation = {
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The instant of the question. */
  explained_at: Timestamp;
  /** The gate by which `decide` refuses the request, as far as the facts tell. Absent: the request is accepted, repeats an earlier purchase, or needs a search first. */
  refused_by: Gate | null;
  /** The rules in order. For a decision the last one is the rule that decided. */
  rules: Array<ExplainedRule>;
};

/** A fact that a gate lacks. */
export type Fact =
  | {
    "fact": "used_keys";
  }
  | {
    "fact": "earlier_gate";
    /** The gate that must pass. */
    gate: Gate;
  }
  | {
    "fact": "numbering_plan";
  }
  | {
    "fact": "time_zone";
    /** The name of the zone. */
    zone: string;
    /** The first instant of the table. */
    known_from: Timestamp;
    /** The end of the table. */
    known_until: Timestamp;
  }
  | {
    "fact": "search";
    /** The selector to search for. */
    selector: Selector;
  };

/** The purchase has ended without a number. */
export type Failed = {
  /** The reason of the failure. */
  failure: Failure;
  /** Whether money was taken and refunded. */
  refunded: boolean;
};

/** What becomes of a key if its purchase fails. */
export type FailedKey = "freed" | "kept";

/** Why an accepted purchase failed. */
export type Failure =
  | {
    "failure": "checkout_declined";
  }
  | {
    "failure": "checkout_expired";
  }
  | {
    "failure": "payment_declined";
    /** The payment provider's reason. */
    reason: string;
  }
  | {
    "failure": "out_of_stock";
    /** The inventory's reason. */
    reason: string;
  }
  | {
    "failure": "carrier_declined";
    /** The carrier's reason. */
    reason: string;
  }
  | {
    "failure": "found_not_bought";
  }
  | {
    "failure": "kyc_declined";
  }
  | {
    "failure": "kyc_withdrawn";
  }
  | {
    "failure": "kyc_overdue";
  };

/** What is wrong with a field of a request. */
export type FieldProblem =
  | {
    "code": "missing";
  }
  | {
    "code": "identifier_too_long";
    /** The longest identifier, in characters. */
    length_max: number;
  }
  | {
    "code": "identifier_character";
    /** The index of the character, from 0. */
    at: number;
  }
  | {
    "code": "not_a_country";
  }
  | {
    "code": "not_a_number";
    /** Why it is not one. */
    reason: NumberReason;
    /** The index of a character that no number contains, from 0. */
    at?: number;
  }
  | {
    "code": "has_extension";
  }
  | {
    "code": "of_another_country";
    /** The country in the request. */
    asked: Country;
    /** The country of the number. */
    found: Country;
  }
  | {
    "code": "not_an_area_code";
    /** The longest area code, in digits. */
    length_max: number;
  }
  | {
    "code": "not_a_pattern";
  }
  | {
    "code": "not_a_number_type";
  }
  | {
    "code": "not_a_region";
    /** The longest name, in characters. */
    length_max: number;
  }
  | {
    "code": "not_a_currency";
  };

/** What a manual review found about an effect whose outcome nobody could tell. */
export type Finding =
  | {
    "finding": "done";
    /** What its confirmation would have carried. */
    confirmation: Confirmation;
  }
  | {
    "finding": "not_done";
  }
  | {
    "finding": "ask_again";
  };

/** The first 128 bits of SHA-256, in hexadecimal, over the request fields that the policy names. No personal data is kept. A fingerprint is compared with that of one earlier request under the same key of the same account. To be taken for its repeat, another request must be a second preimage: one in 2¹²⁸. Two requests that collide, 2⁶⁴ tries to find, are both of the customer who looks for them, who could as well send the first one again. */
export type Fingerprint = string;

/** The customer's billing period that the first charge is for. */
export type FirstPeriod = {
  /** The begin of the period, before the purchase. */
  starts_at: Timestamp;
  /** The end of the period, when the next charge is due. */
  ends_at: Timestamp;
  /** An instant at which a period begins. The others begin whole months before and after, by the policy's clocks. */
  anchor: Timestamp;
};

/** A gate. The order of declaration is the order of the checks. */
export type Gate = "key_form" | "idempotency" | "request" | "actor" | "selector" | "already_held" | "paid_plan" | "number_limit" | "country_limit" | "type_limit" | "holder_limit" | "spend_limit" | "daily_limit" | "country" | "stock" | "billing" | "kyc" | "velocity" | "churn" | "payment_method" | "balance" | "price";

/** A fix, and the gate that it opens. */
export type GateFix =
  | {
    /** The first gate that the fix opens. */
    gate: Gate;
  } & (
  | {
    "remedy": "use_fresh_key";
    /** The longest key, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The name of the field. */
    field: string;
    /** How to correct it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for; at most 20. */
    holders: Array<HolderId>;
    /** How many more there are beyond those that were tried. */
    more?: number;
  }
  | {
    "remedy": "ask_role";
    /** The roles that may do it. */
    roles: Array<Role>;
    /** What the other person does. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The selectors that the policy offers. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The id of the plan. */
    plan: PlanId;
    /** The name that customers read. */
    title: string;
    /** The plan's price per month. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many to release. */
    count: number;
    /** The numbers that the limit counts. */
    among: LimitScope;
    /** The numbers to choose from, by the purchases that bought them; at most 20. Empty: any that the limit counts. One released number may then count for several such fixes, such as the total and its country. */
    numbers?: Array<PurchaseId>;
  }
  | {
    "remedy": "choose_country";
    /** The countries to choose from; at most 20. */
    countries: Array<Country>;
    /** How many more there are beyond those that were tried. */
    more?: number;
    /** Why these countries help. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The number types to choose from. */
    number_types: Array<NumberType>;
    /** The country in which they are sold. Absent: it is the type of the exact number. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number to search for. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers that searches found; at most 20. Empty: search for one. */
    numbers: Array<E164>;
    /** How many more there are beyond those that were tried. */
    more?: number;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies of the number's prices. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The kind of billing that is required. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country of the number. */
    country: Country;
    /** The tier of the number. */
    tier: number;
    /** What the verification is about. */
    subject: KycSubject;
    /** The roles that may submit instead of the actor. Empty: the actor may. */
    submitters?: Array<Role>;
    /** What is to be submitted, or mended. Empty: the policy does not say. */
    items?: Array<KycItem>;
    /** The first instant at which it is too late to mend these items only. Absent: never. */
    until?: Timestamp;
  }
  | {
    "remedy": "await_kyc";
    /** The country of the number. */
    country: Country;
    /** What the verification is about. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The first instant at which the gate opens. */
    at: Timestamp;
    /** What happens at that instant. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount to add. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The price, as a person reads it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** The price that it would have, if known. */
    outline?: PriceOutline;
  });

/** A gate of a quote, with its status. */
export type GateReport =
  | {
    /** The gate that the report is about. */
    gate: Gate;
  } & (
  | {
    "status": "passed";
    /** The figures compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** The refusal, with the figures compared. */
    rejection: Rejection;
    /** The fixes that open it after the fixes of the earlier gates, the recommended one first. */
    fixes: Array<Remedy>;
    /** Whether the fixes of the earlier gates open it. If not, and `fixes` is empty, nothing opens it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact that it lacks. */
    fact: Fact;
  });

/** The status of a gate: its judgement, and the fixes if it is blocked. */
export type GateStatus =
  | {
    "status": "passed";
    /** The figures compared. */
    evidence: Evidence;
  }
  | {
    "status": "blocked";
    /** The refusal, with the figures compared. */
    rejection: Rejection;
    /** The fixes that open it after the fixes of the earlier gates, the recommended one first. */
    fixes: Array<Remedy>;
    /** Whether the fixes of the earlier gates open it. If not, and `fixes` is empty, nothing opens it. */
    opened_by_earlier: boolean;
  }
  | {
    "status": "waiting";
    /** The fact that it lacks. */
    fact: Fact;
  };

/** The numbers held. Those of uncounted holders are in `subscribed` and `by_holder` only. */
export type HeldCounts = {
  /** Numbers in total. */
  total?: number;
  /** The numbers among them that a subscription pays for. */
  subscribed?: number;
  /** Numbers per country. */
  by_country?: {
    [key in Country]: number;
  };
  /** Numbers per type. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** Numbers per holder. */
  by_holder?: {
    [key in HolderId]: number;
  };
};

/** The status of a bought number. */
export type HeldStatus =
  | {
    "status": "active";
  }
  | {
    "status": "scheduled";
    /** The instant of the release. */
    at: Timestamp;
    /** The fee of the release that was taken. Absent: none. */
    fee?: Money;
  }
  | {
    "status": "cooling_down";
    /** The end of the cool-down. */
    ends_at: Timestamp;
    /** The fee of the release that was taken. Absent: none. */
    fee?: Money;
  }
  | {
    "status": "ending_charges";
    /** The attempts at the payment provider. */
    attempts: Attempts;
  }
  | {
    "status": "releasing";
    /** The attempts at the carrier. */
    attempts: Attempts;
  }
  | {
    "status": "released";
    /** The instant of the release. */
    at: Timestamp;
  };

/** The holder of a number within an account: a profile, a sub-account, a user. */
export type HolderId = string;

/** What a customer is, for a regulator. */
export type HolderKind = "business" | "person";

/** A key chosen by the client: at least one character, all of them printable ASCII, and no blank at either end. The draft of the IETF for the header `Idempotency-Key` allows no others (a string of RFC 9651). With others, one text would be two keys: `é` is written in two ways that look alike. */
export type IdempotencyKey = string;

/** The rules for idempotency keys. */
export type IdempotencyKeys = {
  /** The longest key, in characters. */
  length_max: number;
  /** How long a key is remembered, in seconds from the first answer under it. Absent: as long as the account. While the purchase has not ended, its key is remembered whatever its age: nothing is bought twice because a carrier is slow. */
  lifetime_s?: number;
  /** The fields that a repeat must have in common with the first request. The same key with other fields is refused. */
  fingerprint: Array<RequestField>;
  /** What becomes of a key if its purchase fails. */
  failed?: FailedKey;
  /** How a key travels over HTTP, and what a repeat is answered there. Absent: the host knows. */
  http?: KeyHttp;
};

/** A number that was bought and paid before the account was opened here. */
export type ImportedNumber = {
  /** The purchase that bought it. It is the number's id in the account. */
  purchase: PurchaseId;
  /** The number, as the inventory described it. */
  offer: OfferedNumber;
  /** What was agreed at the acceptance. */
  agreement: Agreement;
  /** The activation: the paid periods are counted from here. */
  activated_at: Timestamp;
  /** The paid rent whose period has not passed, as the ledger has it. */
  rent_to_run: Money;
  /** The periods after the first that were paid elsewhere. Absent: none. */
  renewals?: number;
  /** The end of what was paid, by the policy's time zone. Absent: by UTC. */
  paid_until?: Timestamp;
  /** The current status. */
  status: HeldStatus;
};

/** A pending purchase. It counts like a held number. */
export type InFlight = {
  /** The instant of the acceptance. */
  accepted_at: Timestamp;
  /** When the open checkout expires. From this instant an unpaid purchase no longer counts. Absent: no checkout is open. */
  checkout_expires_at?: Timestamp | null;
  /** The country of the number. */
  country?: Country | null;
  /** The type of the number, if it is known. */
  number_type?: NumberType | null;
  /** The holder that the number is for. */
  holder?: HolderId | null;
  /** The amount due at the purchase. */
  due_now?: Money | null;
};

/** The answer to data that cannot be used: a mistake of the calling program, not of the customer. */
export type InputFailure = {
  "type": "failure";
  /** What is wrong, in the order of the data. */
  errors: Array<Diagnostic>;
};

/** Periods after the first with another fee than the permanent one. */
export type Introductory = {
  /** The count of consecutive periods. */
  periods: number;
  /** The fee of each period: the sum of the lines. */
  amount: Money;
  /** The lines of one period. */
  lines: Array<PriceLine>;
  /** Taxes that the lines contain. */
  taxes_included?: Array<PriceLine>;
};

/** Periods after the first with another fee than the permanent one, without their lines. */
export type IntroductoryFee = {
  /** The count of consecutive periods. */
  periods: number;
  /** The fee of each period. */
  amount: Money;
};

/** An offered number in the carrier's inventory. */
export type InventoryId = string;

/** What would be bought. */
export type Item = {
  /** The country of the number. */
  country: Country;
  /** The number type, if it is known. */
  number_type: NumberType | null;
  /** The capabilities of the number. */
  capabilities: Capabilities;
  /** The regulatory tier of the number. */
  kyc_tier: number;
};

/** How a key travels over HTTP, and what a repeat is answered there. */
export type KeyHttp = {
  /** Where the client writes the key. */
  location: KeyLocation;
  /** The name of the header or of the body's field. */
  name: string;
  /** The status of the answer to a request without a key. Absent: a key is optional. */
  missing?: number;
  /** The status of the answer if the key belongs to another request. */
  reused: number;
  /** What a repeat gets while the first attempt has not ended. Absent: the state of the purchase, as the first attempt got it. */
  unfinished?: UnfinishedAnswer;
  /** The header that tells a repeat from a first attempt. Absent: none does. */
  replayed?: ReplayedHeader;
};

/** Where a client writes its key. */
export type KeyLocation = "header" | "body";

/** A customer's verifications: one for the account, and one for each country that has its own. */
export type Kyc = {
  /** The verification of the account. */
  account?: KycStatus;
  /** The verifications for countries. A country that is absent: nothing was submitted. */
  countries?: {
    [key in Country]: KycStatus;
  };
};

/** What the regulator, or the customer, says of papers. */
export type KycFinding =
  | {
    "found": "submitted";
  }
  | {
    "found": "under_review";
  }
  | {
    "found": "approved";
    /** The first instant at which the approval does not hold. Absent: as long as the policy says. */
    until?: Timestamp;
  }
  | {
    "found": "declined";
    /** The names of the items that must be mended. Empty: all. */
    mend?: Array<string>;
  }
  | {
    "found": "withdrawn";
  };

/** One thing that is submitted. Its value lies in the host's store of personal data, never in an event or a record. */
export type KycItem = {
  /** The name, by which a submission and a decline refer to it. */
  name: string;
  /** The kind of value. */
  kind: KycItemKind;
  /** Where an address must be. Absent: anywhere. */
  within?: AddressWithin;
};

/** What is submitted for an item. */
export type KycItemKind = "text" | "date" | "address" | "document" | "action";

/** What must be submitted for a number. Of a list, the first entry that fits the number and the holder counts. */
export type KycRequirements = {
  /** The country of the number. Absent: any. */
  country?: Country;
  /** The lowest tier of the number. Absent: any. */
  tier_min?: number;
  /** The type of the number. Absent: any, and one verification is for all types of the country. */
  number_type?: NumberType;
  /** What the customer is. Absent: either. */
  holder_kind?: HolderKind;
  /** What is submitted. */
  items: Array<KycItem>;
  /** For how many seconds a purchase waits for papers, and a declined verification can be mended item by item. Absent: without end. */
  deadline_s?: number;
  /** For how many seconds an approval holds, unless the regulator names an instant. Absent: until it is withdrawn. */
  valid_s?: number;
  /** The other types of number in the country that an approval for this type opens. */
  opens?: Array<NumberType>;
};

/** The tiers that require KYC before an order. */
export type KycRules = {
  /** The lowest tier that requires it. */
  tier_min: number;
  /** What the verification is about. */
  subject?: KycSubject;
  /** The roles that may submit documents. Empty: every role that may buy. */
  submitters?: Array<Role>;
  /** Whether a purchase with an idempotency key waits for the approval instead of being refused. */
  keyed_purchases_wait?: boolean;
  /** What must be submitted, by country, type and holder. Empty, or no entry fits: the policy does not say. */
  requirements?: Array<KycRequirements>;
};

/** The state of one verification. */
export type KycStatus = "not_submitted" | "initiated" | "pending" | "declined" | "expired" | "approved";

/** What a verification is about. */
export type KycSubject = "country" | "account";

/** The numbers that a limit counts. */
export type LimitScope =
  | {
    "of": "total";
  }
  | {
    "of": "country";
    /** The country of the numbers. */
    country: Country;
  }
  | {
    "of": "number_type";
    /** The type of the numbers. */
    number_type: NumberType;
  }
  | {
    "of": "holder";
    /** The holder of the numbers. */
    holder: HolderId;
  };

/** Limits. One that is absent does not apply. */
export type Limits = {
  /** Numbers held or pending, in total. */
  numbers?: number;
  /** Numbers held or pending in each of these countries. */
  by_country?: {
    [key in Country]: number;
  };
  /** Numbers held or pending in each country that `by_country` does not name. */
  each_country?: number;
  /** Numbers held or pending of each of these types. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** Numbers held or pending of each holder. */
  each_holder?: number;
  /** Amounts due at purchases in a calendar period. At most one limit per currency and period. */
  spend?: Array<SpendLimit>;
  /** Purchases in a calendar day. */
  purchases_a_day?: number;
};

/** A field of the request that contradicts the number. */
export type Mismatch =
  | {
    "field": "country";
    /** The country in the request. */
    asked: Country;
    /** The country of the number. */
    found: Country;
  }
  | {
    "field": "number_type";
    /** The number type in the request. */
    asked: NumberType;
    /** The type of the number. */
    found: NumberType;
  }
  | {
    "field": "capabilities";
    /** Those in the request that the number lacks. */
    missing: Capabilities;
    /** The capabilities of the number. */
    found: Capabilities;
  }
  | {
    "field": "region";
    /** The region in the request. */
    asked: string;
    /** The region of the number, as the carrier names it. */
    found: string;
  }
  | {
    "field": "inventory_id";
    /** The inventory id in the request. */
    asked: InventoryId;
    /** The inventory id of the number. */
    found: InventoryId;
  };

/** An amount in minor units (cents, paise, yen) of one currency. */
export type Money = {
  minor_units: number;
  currency: Currency;
};

/** A claim or a release, as velocity, churn and spending count it. */
export type Move = {
  /** When the purchase was accepted, or the release began. */
  at: Timestamp;
  /** Claim or release. */
  move: MoveKind;
  /** The amount due at a claim. Absent for a release. */
  spent?: Money | null;
};

/** What a [`Move`] is. */
export type MoveKind = "claim" | "release";

/** What the numbering plan says of a number that cannot be. */
export type Nonexistence =
  | {
    "reason": "other_type";
    /** The number type in the request. */
    asked: NumberType;
    /** The types of such numbers. Empty: the country has no number of the type. */
    found: Array<NumberType>;
  }
  | {
    "reason": "other_country";
    /** The country in the request. */
    asked: Country;
    /** The countries of such numbers. */
    found: Array<Country>;
  }
  | {
    "reason": "prefixed";
    /** The field without the prefix. */
    text: string;
  }
  | {
    "reason": "wrong_length";
    /** What is wrong with the length. */
    length: NumberReason;
  }
  | {
    "reason": "unknown";
  };

/** The kind of a number by its digits alone. `shop::NumberType` is the type that a carrier sells it as. */
export type NumberKind = "fixed_line" | "mobile" | "fixed_line_or_mobile" | "toll_free" | "premium_rate" | "shared_cost" | "voip" | "personal_number" | "pager" | "uan" | "voicemail";

/** An E.164 number in which `*` stands for any digit. */
export type NumberPattern = string;

/** Why a text is not a valid number. */
export type NumberReason = "empty" | "invalid_character" | "not_a_number" | "invalid_context" | "unknown_country" | "missing_calling_code" | "unknown_calling_code" | "too_short_after_prefix" | "too_short" | "too_long" | "invalid_length" | "local_only" | "invalid_for_country";

/** The type of a number, as carriers sell it. */
export type NumberType = "local" | "mobile" | "national" | "toll_free";

/** A number for sale, as the inventory describes it. */
export type OfferedNumber = {
  /** The number in E.164. */
  number: E164;
  /** The id of the number in the inventory. */
  inventory_id: InventoryId;
  /** The country of the number. */
  country: Country;
  /** The region, as the carrier names it. */
  region: string;
  /** The number type. */
  number_type: NumberType;
  /** The capabilities of the number. */
  capabilities: Capabilities;
  /** The number's own prices, its own currency first. Empty: the rate card prices the number. An own price replaces the rate's setup fee, recurring fee, volume tiers and commitment. The rate's other fees in the same currency and its regulatory tier still apply. Without a rate there are no other fees, and the tier is the highest among the country's rates, or 0. Discounts, taxes, proration and included numbers apply as for every number. */
  prices: Array<OfferedPrice>;
  /** The least number of months that must be paid. If the rate card prices the number, the longer commitment applies. */
  minimum_commitment_months: number;
};

/** A number's own price. */
export type OfferedPrice = {
  /** The charge taken once. */
  setup_fee: Money;
  /** The recurring charge per month, in the currency of the setup fee. Zero for a number that is paid by the year. A price with two currencies, or with both recurring charges, is ignored. */
  monthly_fee: Money;
  /** The recurring charge per year. Absent: the number is paid by the month. */
  yearly_fee?: Money;
};

/** What searches found. No search for a selector means that the answer is unknown, not that no number is for sale. */
export type Offers = {
  /** The searches, in any order. */
  searches?: Array<Search>;
};

/** The checkout page is being opened. */
export type OpeningCheckout = {
  /** The first instant at which the page cannot be paid. */
  expires_at: Timestamp;
  /** The attempts to open it. */
  attempts: Attempts;
};

/** How a carrier clears up an order whose reply was lost. */
export type OrderEvidence = "query_by_key" | "keyed_repeat" | "list_only";

/** The reserved number is being ordered. */
export type Ordering = {
  /** The reserved number. */
  offer: OfferedNumber;
  /** The order's attempts. */
  attempts: Attempts;
};

/** A charge that is taken once beside the setup fee and passed on to others. */
export type OtherFee = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The amount, in the currency of the monthly fee. */
  fee: Money;
};

/** How an effect ended. A lost reply is [`Outcome::Unknown`], never a refusal. */
export type Outcome =
  | {
    "outcome": "confirmed";
    /** What the payment provider, inventory or carrier returned. */
    confirmation: Confirmation;
  }
  | {
    "outcome": "declined";
    /** The reason, in the words of the one that refused. */
    reason: string;
  }
  | {
    "outcome": "unknown";
  };

/** What a limit of pace counts. */
export type Pace = "day" | "churn";

/** What was submitted for a verification, in the host's store of personal data. */
export type PapersId = string;

/** A payment at a checkout, as the payment provider tells it. */
export type Payment = {
  /** The session that was paid. */
  checkout: CheckoutId;
  /** The amount that it took. */
  amount: Money;
  /** The instant of the payment, by the provider's clock. */
  paid_at: Timestamp;
};

/** How a purchase is paid. */
export type PaymentMethod = "checkout" | "subscription" | "usage_invoice" | "wallet";

/** A payment method and the conditions under which it is used. An absent condition always holds. */
export type PaymentRule = {
  /** The customer is billed this way. */
  billing?: BillingKind;
  /** Whether the customer holds a number that a subscription pays for. */
  subscribed?: boolean;
  /** The number's regulatory tier is at least this. */
  tier_min?: number;
  /** The method that pays if all conditions hold. */
  method: PaymentMethod;
  /** Whether the method needs a payment method on file. */
  on_file_required?: boolean;
  /** When a method that charges takes the money. */
  charged?: ChargeTime;
};

/** The payments of a purchase. */
export type Payments = {
  /** The sessions that were opened for the purchase, in the order in which that was told. */
  sessions: Array<Session>;
  /** Payments of other sessions or amounts. While a session is being opened it may be theirs; after that they are in review. */
  unmatched?: Array<Payment>;
  /** Those of which a review has found that they are not the purchase's. */
  dismissed?: Array<Payment>;
  /** The attempts of the pending refund. Absent: none. */
  attempts?: Attempts;
};

/** Pending purchases, counted. Those of uncounted holders are in `by_holder` only. */
export type PendingCounts = {
  /** Purchases in total. */
  total?: number;
  /** Purchases per country. */
  by_country?: {
    [key in Country]: number;
  };
  /** Purchases per type. */
  by_type?: {
    [key in NumberType]?: number;
  };
  /** Purchases of a type that is not known yet. They count for every type. */
  untyped?: number;
  /** Purchases per holder. */
  by_holder?: {
    [key in HolderId]: number;
  };
};

/** A part of a hundred as a decimal number with up to six decimals: `19`, `8.875`, `9.975`. */
export type Percent = string;

/** The sum of the amounts due at purchases in a calendar period, in one currency. */
export type PeriodSpend = {
  /** The kind of period. */
  period: CalendarPeriod;
  /** The first instant of the period. */
  begins_at: Timestamp;
  /** The sum. */
  amount: Money;
};

/** A plan that customers subscribe to. */
export type Plan = {
  /** The stable name. Accounts refer to the plan by it. */
  id: PlanId;
  /** The name that customers read. */
  title: string;
  /** The price per month; zero for a free plan. */
  monthly_fee: Money;
  /** How many numbers may be held or pending at once. */
  number_limit: number;
  /** The first numbers of an account that have no recurring fee, because the plan's price pays for them. Numbers of uncounted holders are never included: a holder without a limit has nothing included. */
  included_numbers?: number;
  /** Further limits. */
  limits?: Limits;
};

/** A plan of the shop. */
export type PlanId = string;

/** The rules of a shop. An absent field switches its gate off. */
export type Policy = {
  /** The format of the document: 1. */
  format: number;
  /** The stable name of the policy. */
  id: string;
  /** The version of the rules. */
  version: string;
  /** The name that people read. */
  title: string;
  /** Whether a request must name a holder. */
  holder_required: boolean;
  /** The roles that may buy. Empty: every role. */
  buyers?: Array<Role>;
  /** The roles that may release numbers. Empty: every role. */
  releasers?: Array<Role>;
  /** The roles that may add money to the wallet. Empty: every role. */
  payers?: Array<Role>;
  /** The roles that may close a manual review. Empty: every role. */
  reviewers?: Array<Role>;
  /** The selectors that a request may use. */
  selectors: Array<SelectorKind>;
  /** Whether an exact number can be bought only while a search of the customer that found it counts. */
  search_required?: boolean;
  /** The country of a request without one. */
  default_country?: Country;
  /** The currency that a refusal names if the request has none and the number has no price in its own. */
  default_currency: Currency;
  /** Whether only customers of a paid plan may buy. */
  paid_plan_required: boolean;
  /** Whether the plan's limits apply. */
  plan_limits: boolean;
  /** The limits of every customer, whatever the plan. */
  limits?: Limits;
  /** The time zone of the days and months of limits, and of billing periods. Absent: UTC. */
  time_zone?: TimeZone;
  /** The payment rules. The first whose conditions hold applies. */
  payment: Array<PaymentRule>;
  /** The checkout sessions. Required if a payment rule opens one. */
  checkout?: Checkout;
  /** How the periods after the first are paid. Absent: nothing is charged after the first. */
  renewals?: Renewals;
  /** How numbers are released. Absent: at once. */
  release?: ReleaseRules;
  /** How numbers move between holders. Absent: they do not. */
  transfers?: Transfers;
  /** How the carrier clears up an order whose reply was lost. */
  order_evidence: OrderEvidence;
  /** When effects without an answer are tried again. */
  retry: Retry;
  /** Idempotency keys. Absent: keys are not used. */
  idempotency?: IdempotencyKeys;
  /** The kinds of billing that countries require. Absent: any. */
  billing?: BillingRules;
  /** The tiers that require KYC. Absent: none. */
  kyc?: KycRules;
  /** The guard against accidental second purchases. Absent: off. */
  velocity?: Velocity;
  /** The guard against buying and releasing in turns. Absent: off. */
  churn?: Churn;
};

/** What a number costs. */
export type Price = {
  /** The lines of the amount due now. None is zero; reductions are negative. */
  lines: Array<PriceLine>;
  /** The amount due now: the sum of the lines. */
  due_now: Money;
  /** Taxes that the lines contain. They add nothing. */
  taxes_included?: Array<PriceLine>;
  /** The billing period that the first charge is for. Absent: a whole period that begins at the purchase. */
  first_period?: FirstPeriod;
  /** Fees of the periods after the first for as long as a limited discount lasts, in order. */
  introductory?: Array<Introductory>;
  /** The monthly fee after that, with discounts and taxes. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The yearly fee after that. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** The lines of the recurring fee. Empty: the fee alone. */
  recurring_lines?: Array<PriceLine>;
  /** Taxes that the recurring fee contains, in every period. */
  recurring_taxes_included?: Array<PriceLine>;
  /** The least number of months that must be paid. Zero: the first period only. */
  minimum_commitment_months: number;
  /** What a release before the end of the commitment gets. Absent: nothing, or there is no commitment. */
  early_release?: EarlyRelease;
  /** The total over the commitment: the amount due now and the later periods. A first period that is cut short is not counted as one. */
  commitment_total: Money;
  /** The number of decimals of the amounts: the rate card's own, or those of ISO 4217. */
  exponent: number;
};

/** What an agreed price was made of: the number's own price, or an entry of the rate card. */
export type PriceBasis = {
  /** The number's own price. Absent: the price is the rate card's. */
  own_price?: OfferedPrice;
  /** The commitment that the number itself asks for, in months. */
  minimum_commitment_months?: number;
  /** The entry of the rate card. Absent: it has none for such a number. */
  rate?: RateConditions;
};

/** A field of a price that is not as it was seen. */
export type PriceDifference = {
  /** The field that differs. */
  field: PriceField;
  /** The amount that was seen. */
  seen: Money;
  /** The amount now. */
  now: Money;
};

/** The fields of a price that are compared with what was seen. */
export type PriceField = "due_now" | "setup_fee" | "monthly_fee" | "yearly_fee" | "commitment_total";

/** A line of a price. */
export type PriceLine = {
  /** What the line is for. */
  charge: ChargeKind;
  /** The name on the rate card. */
  label?: string;
  /** The part of the price that a discount or tax is on. Absent for a tax on the total. */
  on?: PricePart;
  /** The amount; negative for a reduction. */
  amount: Money;
};

/** A price without its lines, as a person reads it. */
export type PriceOutline = {
  /** The amount due now. */
  due_now: Money;
  /** Temporary fees of the periods after the first, in order. */
  introductory?: Array<IntroductoryFee>;
  /** The monthly fee after that. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The yearly fee after that. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** The least number of months that must be paid. Zero: the first period only. */
  minimum_commitment_months: number;
  /** What a release before the end of the commitment gets. Absent: nothing, or there is no commitment. */
  early_release?: EarlyRelease;
  /** The total over the commitment. */
  commitment_total: Money;
};

/** A part of a price. */
export type PricePart = "setup" | "recurring" | "other";

/** The figures of a price that a person saw. An absent one is not compared. */
export type PriceSeen = {
  /** The amount due now. */
  due_now?: Money;
  /** The setup fee. */
  setup_fee?: Money;
  /** The monthly fee. */
  monthly_fee?: Money;
  /** The yearly fee. */
  yearly_fee?: Money;
  /** The total over the commitment. */
  commitment_total?: Money;
};

/** How the first period is charged if the customer has a billing day. */
export type Proration = {
  /** The unit in which the remaining part of the period is measured. */
  basis: ProrationBasis;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
};

/** The unit in which the remaining part of a period is measured. A day is the policy's calendar day (`time_zone`). A period begins at midnight of the billing day. A day that has begun counts whole. */
export type ProrationBasis = "none" | "second" | "day" | "30_360" | "anniversary";

/** A purchase: what was agreed, and its state. */
export type Purchase = {
  /** The id, drawn by the host. */
  id: PurchaseId;
  /** What was agreed at the acceptance. It never changes. */
  agreement: Agreed;
  /** The idempotency key by which a repeat finds it. */
  key: IdempotencyKey | null;
  /** What is remembered of its effects. */
  trail: Trail;
  /** Its checkout sessions and payments. */
  payments?: Payments;
  /** The current state. */
  state: State;
};

/** One purchase, and the number it bought. The host draws it at random. */
export type PurchaseId = string;

/** A purchase request as the client wrote it. An empty field counts as absent, except the idempotency key: a client that sends an empty key expects its repeats to be safe. There are five ways to say which number is wanted: `number` alone (as people write it), `inventory_id` alone, `country` with `area_code`, `country` with `pattern`, or `country` alone (any number there). `number_type`, `capabilities` and `region` narrow the choice. An exact number that is otherwise than the request says is refused, and the refusal tells what it is. Where a shop takes exact numbers and inventory ids, both may be given if they name the same number. */
export type PurchaseRequest = {
  /** The holder that the number is for. */
  holder?: string;
  /** The country as two letters, such as `US`. */
  country?: string;
  /** An exact number, as people write it: `+14044101672`, `tel:+1-404-410-1672`, or `(404) 410-1672` with its country. */
  number?: string;
  /** An exact number by its id in the inventory. */
  inventory_id?: string;
  /** An area code of the country, digits only. */
  area_code?: string;
  /** A digit pattern such as `+1415555****`. */
  pattern?: string;
  /** The type of number: `local`, `mobile`, `national` or `toll_free`. */
  number_type?: string;
  /** The capabilities that the number must have. */
  capabilities?: Capabilities;
  /** The region of the number, as the carrier names it, such as `California`. The case of letters does not count. */
  region?: string;
  /** The currency of the price, such as `USD`. */
  currency?: string;
  /** The key by which a repeat finds this purchase. */
  idempotency_key?: string;
  /** Whether a second purchase within the velocity window is confirmed. */
  confirm_additional?: boolean;
  /** The price that the customer saw. The purchase is refused if the price differs. */
  price_seen?: PriceSeen;
  /** The quote that the purchase follows. The purchase is refused if the quote's terms no longer hold. */
  quote_seen?: QuoteSeen;
};

/** The price of a request, and whether it would be accepted. */
export type Quote = {
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The instant of the quote. */
  quoted_at: Timestamp;
  /** The first instant at which the quote no longer holds. */
  expires_at: Timestamp;
  /** Whether every gate passes, so that the same request would be accepted. */
  acceptable: boolean;
  /** The selector of the request, if it has one. */
  selector: Selector | null;
  /** The item that would be bought, if it is known. */
  item: Item | null;
  /** The payment method that would pay. */
  payment: PaymentMethod | null;
  /** The price, if it is known. */
  price: Price | null;
  /** The fixes to do, in the order of the gates. With all of them the request is accepted; without any one of them it is refused. A fix that needs a person's input (a field to correct, a number to search for) comes first; then quote again. Immediate fixes come before waits. */
  fixes: Array<GateFix>;
  /** Whether the fixes open every gate, as far as is known. `false` if a gate cannot be opened, or if a person must first clarify the request. */
  fixes_suffice: boolean;
  /** Whether the search for fixes ended before everything was tried. Then it is not known that nothing opens a gate without a fix. */
  fixes_cut_short?: boolean;
  /** Every gate, in order. */
  gates: Array<GateReport>;
};

/** A promised term that no longer holds. `null` is the absence of a value. */
export type QuoteDifference =
  | {
    "field": "id";
    /** The id in the request. */
    seen: QuoteId;
    /** Always null. */
    now: QuoteId | null;
  }
  | {
    "field": "expires_at";
  } & Changed<Timestamp>
  | {
    "field": "policy";
  } & Changed<string>
  | {
    "field": "policy_version";
  } & Changed<string>
  | {
    "field": "rate_card_version";
  } & Changed<string>
  | {
    "field": "selector";
  } & Changed<Selector | null>
  | {
    "field": "country";
  } & Changed<Country | null>
  | {
    "field": "number_type";
  } & Changed<NumberType | null>
  | {
    "field": "capabilities";
  } & Changed<Capabilities | null>
  | {
    "field": "kyc_tier";
  } & Changed<number | null>
  | {
    "field": "payment";
  } & Changed<PaymentMethod | null>
  | {
    "field": "due_now";
  } & Changed<Money | null>
  | {
    "field": "setup_fee";
  } & Changed<Money | null>
  | {
    "field": "monthly_fee";
  } & Changed<Money | null>
  | {
    "field": "yearly_fee";
  } & Changed<Money | null>
  | {
    "field": "commitment_total";
  } & Changed<Money | null>
  | {
    "field": "minimum_commitment_months";
  } & Changed<number>
  | {
    "field": "early_release";
  } & Changed<EarlyRelease | null>
  | {
    "field": "lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "first_period";
  } & Changed<FirstPeriod | null>
  | {
    "field": "introductory";
  } & Changed<Array<Introductory>>
  | {
    "field": "recurring_lines";
  } & Changed<Array<PriceLine>>
  | {
    "field": "recurring_taxes_included";
  } & Changed<Array<PriceLine>>
  | {
    "field": "exponent";
  } & Changed<number>;

/** A quote. The id is a hash of the content: equal quotes have equal ids. */
export type QuoteId = string;

/** The quote that a purchase follows. Only the promised terms are compared; the quote itself is no evidence that they still hold. */
export type QuoteSeen = {
  /** The id of the quote. */
  id: QuoteId;
  /** The promised terms, as the maker of the quote stored them. Absent: no such quote was stored. Never take them from a client, because the id does not prove them: take them from your own store, or from [`Quote::verify`]. */
  terms?: QuoteTerms;
};

/** What a quote promises. Every field is compared. */
export type QuoteTerms = {
  /** The versions of the policy and the rate card. */
  shop: ShopVersion;
  /** The first instant at which the promise no longer holds. */
  expires_at: Timestamp;
  /** The number that it is for. Absent: the request did not tell. */
  selector: Selector | null;
  /** The item that would be bought. Absent: it was unknown. */
  item: Item | null;
  /** The payment method. Absent: there was none. */
  payment: PaymentMethod | null;
  /** The price. Absent: there was none. */
  price: Price | null;
};

/** A rate: which numbers it matches, and what they cost. If several rates match, the longest prefix wins, then a rate with a type, then a rate with a region, then the rate with the most capabilities. A card with two rates that this order cannot separate is refused. */
export type Rate = {
  /** The country of the numbers. */
  country: Country;
  /** The type of the numbers. Absent: any. */
  number_type?: NumberType;
  /** The first digits of the numbers, such as `+1415`. Absent: any. */
  prefix?: string;
  /** The region of the numbers, as the carrier names it; the case of letters does not count. Absent: any. */
  region?: string;
  /** Capabilities that the numbers have. Absent: any. */
  able_to?: Capabilities;
  /** The first instant at which the rate applies. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: the rate does not apply at this instant or later. Absent: no end. */
  effective_until?: Timestamp;
  /** The charge taken once. */
  setup_fee: Money;
  /** The recurring charge per month. Zero for a number that is paid by the year. */
  monthly_fee: Money;
  /** The recurring charge per year. Absent: the number is paid by the month. */
  yearly_fee?: Money;
  /** Recurring fees from the n-th number on, in order. */
  tiers?: Array<Tier>;
  /** Charges taken once and passed on to others, such as a regulator's fee. Discounts do not reduce them. */
  other_fees?: Array<OtherFee>;
  /** The least number of months that must be paid. */
  minimum_commitment_months?: number;
  /** The regulatory tier. A larger one needs more verification. */
  kyc_tier: number;
  /** The capabilities of the numbers. */
  capabilities: Capabilities;
};

/** Prices by country, type, prefix, region and capability, with discounts and taxes. */
export type RateCard = {
  /** The version. A purchase keeps the version it was accepted under. */
  version: string;
  /** The longest lifetime of a quote, in seconds; at least 1. A quote expires sooner if its price changes sooner. */
  quote_lifetime_s: number;
  /** Decimals of a currency where they differ from ISO 4217. They apply to every amount in that currency: of the card, the policy, the plans, the offers and the customer. */
  exponents?: {
    [key in Currency]: number;
  };
  /** The entries. Empty if every offer carries its own price. */
  rates: Array<Rate>;
  /** How a first period is charged up to the customer's billing day. Absent: each number's periods begin at its purchase. */
  proration?: Proration;
  /** The discounts, in order. Each is taken off what the ones before it left. */
  discounts?: Array<Discount>;
  /** The least amount of a charge, with its taxes, in each currency: an amount due now or a recurring fee that is less, and not zero, is raised by a supplement. Payment providers take no less. */
  minimum_charges?: Array<Money>;
  /** The taxes, in order. */
  taxes?: Array<Tax>;
};

/** The conditions of an entry of the rate card, besides its country and dates. */
export type RateConditions = {
  /** The type of the numbers. Absent: any. */
  number_type?: NumberType;
  /** The first digits of the numbers. Absent: any. */
  prefix?: string;
  /** The region of the numbers. Absent: any. */
  region?: string;
  /** Capabilities that the numbers have. Absent: any. */
  able_to?: Capabilities;
};

/** The id of a record in its account. Its text is fit for a primary key: `purchase/p1`. */
export type RecordId = string;

/** Why a purchase is refused, with the figures compared. A refusal changes nothing. */
export type Rejection =
  | {
    "code": "key_malformed";
    /** The length of the key, in characters. */
    length: number;
    /** The longest key, in characters. */
    length_max: number;
  }
  | {
    "code": "key_reused";
  }
  | {
    "code": "request_malformed";
    /** The name of the field. */
    field: string;
    /** The beginning of the field's text. Absent if the field is. */
    typed: string | null;
    /** What is wrong with the field, or what to write if it is missing. */
    problem: FieldProblem;
  }
  | {
    "code": "role_not_allowed";
    /** The role of the actor. */
    role: Role;
    /** The roles that may buy. */
    allowed: Array<Role>;
  }
  | {
    "code": "holder_unknown";
    /** The holder in the request. */
    holder: HolderId;
  }
  | {
    "code": "actor_not_allowed";
    /** The one holder that the credential may act for. */
    only_holder: HolderId;
  }
  | {
    "code": "selector_missing";
    /** The selector that lacks only its country. */
    begun: SelectorKind | null;
    /** The selectors that the policy offers. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_ambiguous";
    /** The selectors that the policy offers. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "selector_not_offered";
    /** The selector that the request used. */
    asked: SelectorKind;
    /** The selectors that the policy offers. */
    offered: Array<SelectorKind>;
  }
  | {
    "code": "already_held";
    /** The purchase that has the number, or asks for it. */
    purchase: PurchaseId;
    /** Whether the purchase is pending. Otherwise the number is held. */
    pending: boolean;
  }
  | {
    "code": "plan_not_paid";
    /** The customer's plan. */
    plan: PlanId | null;
    /** The plan's name, if the shop has the plan. */
    title: string | null;
    /** Whether a free plan suffices. */
    free_suffices: boolean;
  }
  | {
    "code": "number_limit_reached";
    /** The numbers that the limit counts. */
    scope: LimitScope;
    /** The numbers held. */
    held: number;
    /** The pending purchases. */
    in_flight: number;
    /** The limit: the lower one of policy and plan. */
    limit: number;
    /** The earliest instant at which the limit allows one more by itself, if no open checkout is paid. `None` if only a release can. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "spend_limit_reached";
    /** The calendar period of the limit. */
    period: CalendarPeriod;
    /** The sum of the amounts due in the period. */
    spent: Money;
    /** The amount due now. */
    price: Money;
    /** The largest sum. */
    limit: Money;
    /** The first instant at which it fits. `None` if it never does. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "pace_limit_reached";
    /** What is counted. */
    pace: Pace;
    /** The length of the sliding window, in seconds. Absent: a calendar day. */
    window_s: number | null;
    /** The count in the window. */
    count: number;
    /** The limit of the count, this purchase included. */
    limit: number;
    /** The first instant at which one more is allowed. `None` if it never is. */
    ends_at: Timestamp | null;
  }
  | {
    "code": "country_not_sold";
    /** The country of the number. */
    country: Country;
    /** The number type of the request. */
    number_type: NumberType | null;
    /** The number types that are sold there. */
    sold: Array<NumberType>;
  }
  | {
    "code": "not_searched";
    /** The number of the request. */
    number: E164;
  }
  | {
    "code": "number_mismatch";
    /** The selector that was searched for. */
    selector: Selector;
    /** The number of the request. */
    number: E164;
    /** The fields that contradict the number; at least one. */
    mismatches: Array<Mismatch>;
  }
  | {
    "code": "no_such_number";
    /** The selector that was searched for. */
    selector: Selector;
    /** What the numbering plan says of such numbers. */
    why: Nonexistence;
  }
  | {
    "code": "out_of_stock";
    /** The selector that was searched for. */
    selector: Selector;
  }
  | {
    "code": "currency_not_offered";
    /** The currency of the request. */
    currency: Currency;
    /** The currencies of the number's prices. */
    offered: Array<Currency>;
  }
  | {
    "code": "price_too_large";
    /** The currency of the price. */
    currency: Currency;
  }
  | {
    "code": "billing_kind_required";
    /** The country of the number. */
    country: Country;
    /** The customer's kind of billing. */
    billing: BillingKind;
    /** The kind of billing that is required. */
    required: BillingKind;
  }
  | {
    "code": "kyc_required";
    /** The country of the number. */
    country: Country;
    /** What the verification is about. */
    subject: KycSubject;
    /** The tier of the number. */
    tier: number;
    /** The lowest tier that requires KYC. */
    tier_min: number;
    /** The state of the verification. */
    status: KycStatus;
    /** Whether the actor may submit the documents. */
    may_submit: boolean;
    /** What is to be submitted, or mended after a decline. Empty: the policy does not say, or it is submitted. */
    items?: Array<KycItem>;
    /** The first instant at which it is too late to mend these items only. Absent: never. */
    mend_by?: Timestamp;
    /** The instant at which the approval expired. Absent: none has. */
    expired_at?: Timestamp;
  }
  | {
    "code": "velocity_exceeded";
    /** When the latest purchase was accepted. */
    last_accepted_at: Timestamp;
    /** The first instant at which the next purchase needs no confirmation. */
    ends_at: Timestamp;
  }
  | {
    "code": "payment_method_missing";
    /** The customer's kind of billing, if no payment rule fits it. Absent: a payment method must be on file. */
    billing: BillingKind | null;
  }
  | {
    "code": "insufficient_balance";
    /** The balance after holds. */
    available: Money;
    /** The amount due now. */
    required: Money;
    /** The difference: what must be added. */
    missing: Money;
  }
  | {
    "code": "price_changed";
    /** The figures that differ; at least one. */
    differences: Array<PriceDifference>;
  }
  | {
    "code": "quote_outdated";
    /** The id of the quote. */
    id: QuoteId;
    /** The terms that no longer hold; at least one. */
    differences: Array<QuoteDifference>;
  };

/** A held number that the actor may release, or that is leaving. */
export type ReleasableNumber = {
  /** The purchase that bought it. It is the number's id in the account. */
  purchase: PurchaseId;
  /** The country of the number. */
  country: Country;
  /** The type of the number. */
  number_type: NumberType;
  /** The holder of the number. */
  holder?: HolderId | null;
  /** Whether a subscription pays for it. */
  subscribed?: boolean;
  /** Whether its release is scheduled or has begun. */
  leaving?: boolean;
  /** When it leaves, or would leave if it were released now. Absent: at once, or when the carrier has it again. */
  leaves_at?: Timestamp | null;
  /** Until when its commitment refuses a release. Absent: it does not. */
  refused_until?: Timestamp;
  /** What its release takes from the wallet. Absent: nothing. */
  costs?: Money;
};

/** How numbers are released. */
export type ReleaseRules = {
  /** When a release takes effect whose command names no time. */
  time?: ReleaseTime;
  /** The other times that a command may name. */
  may_name?: Array<ReleaseTime>;
  /** For how many seconds a number in cool-down stays with its holder, who may take the release back. Required by the time `cool_down`. */
  cool_down_s?: number;
  /** The fee of a release by command, in each currency. It is taken from the wallet at the command, and given back if the release is cancelled. Empty: none. */
  fee?: Array<Money>;
  /** What a release before the end of the minimum commitment gets. Absent: nothing, the number leaves. */
  early?: EarlyRelease;
};

/** When a release takes effect. */
export type ReleaseTime = "at_once" | "cool_down" | "period_end" | "at_instant";

/** When a number shall be released. */
export type ReleaseWhen =
  | {
    "time": "at_once";
  }
  | {
    "time": "cool_down";
  }
  | {
    "time": "period_end";
  }
  | {
    "time": "at_instant";
    /** The instant. */
    at: Timestamp;
  };

/** One thing that helps to open a blocked gate. A quote calls it a fix. */
export type Remedy =
  | {
    "remedy": "use_fresh_key";
    /** The longest key, in characters. */
    length_max: number;
  }
  | {
    "remedy": "correct_field";
    /** The name of the field. */
    field: string;
    /** How to correct it. */
    correction: Correction;
  }
  | {
    "remedy": "choose_holder";
    /** The holders that the actor may act for; at most 20. */
    holders: Array<HolderId>;
    /** How many more there are beyond those that were tried. */
    more?: number;
  }
  | {
    "remedy": "ask_role";
    /** The roles that may do it. */
    roles: Array<Role>;
    /** What the other person does. */
    task: RoleTask;
  }
  | {
    "remedy": "choose_selector";
    /** The selectors that the policy offers. */
    selectors: Array<SelectorKind>;
  }
  | {
    "remedy": "move_to_plan";
    /** The id of the plan. */
    plan: PlanId;
    /** The name that customers read. */
    title: string;
    /** The plan's price per month. */
    monthly_fee: Money;
  }
  | {
    "remedy": "release_numbers";
    /** How many to release. */
    count: number;
    /** The numbers that the limit counts. */
    among: LimitScope;
    /** The numbers to choose from, by the purchases that bought them; at most 20. Empty: any that the limit counts. One released number may then count for several such fixes, such as the total and its country. */
    numbers?: Array<PurchaseId>;
  }
  | {
    "remedy": "choose_country";
    /** The countries to choose from; at most 20. */
    countries: Array<Country>;
    /** How many more there are beyond those that were tried. */
    more?: number;
    /** Why these countries help. */
    because: CountryChoice;
  }
  | {
    "remedy": "choose_number_type";
    /** The number types to choose from. */
    number_types: Array<NumberType>;
    /** The country in which they are sold. Absent: it is the type of the exact number. */
    sold_in?: Country;
  }
  | {
    "remedy": "search_first";
    /** The number to search for. */
    number: E164;
  }
  | {
    "remedy": "choose_number";
    /** The numbers that searches found; at most 20. Empty: search for one. */
    numbers: Array<E164>;
    /** How many more there are beyond those that were tried. */
    more?: number;
  }
  | {
    "remedy": "choose_currency";
    /** The currencies of the number's prices. */
    currencies: Array<Currency>;
  }
  | {
    "remedy": "move_to_billing";
    /** The kind of billing that is required. */
    billing: BillingKind;
  }
  | {
    "remedy": "submit_kyc";
    /** The country of the number. */
    country: Country;
    /** The tier of the number. */
    tier: number;
    /** What the verification is about. */
    subject: KycSubject;
    /** The roles that may submit instead of the actor. Empty: the actor may. */
    submitters?: Array<Role>;
    /** What is to be submitted, or mended. Empty: the policy does not say. */
    items?: Array<KycItem>;
    /** The first instant at which it is too late to mend these items only. Absent: never. */
    until?: Timestamp;
  }
  | {
    "remedy": "await_kyc";
    /** The country of the number. */
    country: Country;
    /** What the verification is about. */
    subject: KycSubject;
  }
  | {
    "remedy": "wait_until";
    /** The first instant at which the gate opens. */
    at: Timestamp;
    /** What happens at that instant. */
    reason: WaitReason;
  }
  | {
    "remedy": "confirm_additional";
  }
  | {
    "remedy": "add_payment_method";
  }
  | {
    "remedy": "add_money";
    /** The amount to add. */
    money: Money;
  }
  | {
    "remedy": "accept_price";
    /** The price, as the request must name it. */
    price: PriceSeen;
    /** The price, as a person reads it. */
    outline: PriceOutline;
  }
  | {
    "remedy": "ask_for_quote";
    /** The price that it would have, if known. */
    outline?: PriceOutline;
  };

/** How the periods of a number after the first are paid. Each is charged at its begin, in the way in which the number was paid first, until the number is released. */
export type Renewals = {
  /** For how many months from the activation the agreed fee is held. A period that begins later costs what the rate card says then. Absent: as long as the number is held. */
  price_held_months?: number;
  /** When a declined fee is asked for again: the seconds from each declined attempt to the next one. */
  retry_after_s?: Array<number>;
  /** For how many seconds after the first declined attempt the number still works. Then it is suspended. Absent: it is never suspended. */
  grace_s?: number;
  /** After how many seconds a suspended number is released. Absent: it stays suspended. */
  suspended_s?: number;
};

/** The header that tells a repeat from a first attempt. A case without a value has no header. */
export type ReplayedHeader = {
  /** The name of the header. */
  name: string;
  /** Its value if the request was carried out now. */
  first?: string;
  /** Its value if the first attempt has not ended. */
  unfinished?: string;
  /** Its value if the answer is that of an attempt that has ended. */
  repeated: string;
};

/** The request fields that a fingerprint may cover. */
export type RequestField = "holder" | "selector" | "currency" | "country" | "number_type" | "capabilities" | "region" | "price_seen" | "quote_seen" | "confirm_additional";

/** When an effect without an answer is tried again: after `first_delay_ms`, then after twice as long each time. */
export type Retry = {
  /** The delay before the second attempt, in milliseconds. */
  first_delay_ms: number;
  /** The longest delay, in milliseconds. */
  delay_ms_max: number;
  /** The number of attempts before manual review. */
  attempts_max: number;
};

/** A reserved number goes back, and the next one is tried. */
export type Returning = {
  /** The number that goes back. */
  number: E164;
  /** The attempts to return it. */
  attempts: Attempts;
};

/** What an actor is in an account. The policy says which roles may buy. */
export type Role = "owner" | "admin" | "member" | "viewer";

/** What an actor of another role is asked for. */
export type RoleTask = "buy" | "submit_kyc" | "release" | "top_up";

/** How a fraction of a minor unit is rounded. */
export type Rounding = "half_up" | "half_even" | "down" | "up";

/** A search and its result. */
export type Search = {
  /** What was searched for. */
  selector: Selector;
  /** When the inventory answered. */
  seen_at: Timestamp;
  /** The first instant at which the result no longer counts. */
  expires_at: Timestamp;
  /** The numbers found. Empty: none is for sale. */
  numbers: Array<OfferedNumber>;
};

/** A number is being reserved. */
export type Securing = {
  /** The reservation's attempts. */
  attempts: Attempts;
};

/** Which number a request asks for, parsed. */
export type Selector =
  | {
    "kind": "any";
    /** The country of the number. */
    country: Country;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
    /** The capabilities that the number must have. Absent: any. */
    capabilities?: Capabilities;
    /** The region of the number, as the carrier names it; the case of letters does not count. Absent: any. */
    region?: string;
  }
  | {
    "kind": "exact";
    /** The number in E.164. */
    number: E164;
  }
  | {
    "kind": "inventory";
    /** The id in the inventory. */
    inventory_id: InventoryId;
  }
  | {
    "kind": "area_code";
    /** The country of the number. */
    country: Country;
    /** The area code, digits only. */
    area_code: string;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
    /** The capabilities that the number must have. Absent: any. */
    capabilities?: Capabilities;
    /** The region of the number, as the carrier names it; the case of letters does not count. Absent: any. */
    region?: string;
  }
  | {
    "kind": "pattern";
    /** The country of the number. */
    country: Country;
    /** The pattern, such as `+1415555****`. */
    pattern: NumberPattern;
    /** The type of the number. Absent: any. */
    number_type?: NumberType;
    /** The capabilities that the number must have. Absent: any. */
    capabilities?: Capabilities;
    /** The region of the number, as the carrier names it; the case of letters does not count. Absent: any. */
    region?: string;
  };

/** A way to ask for a number. */
export type SelectorKind = "any" | "exact" | "inventory" | "area_code" | "pattern";

/** A checkout session of a purchase. */
export type Session = {
  /** The id at the payment provider. */
  checkout: CheckoutId;
  /** What it took and gave back. */
  status: SessionStatus;
};

/** What a session took and gave back. It takes the amount due, and takes it once. */
export type SessionStatus = "open" | "paid" | "surplus" | "refunded";

/** The documents of a shop, before [`Shop::new`] checks them. */
export type ShopData = {
  /** The rules. */
  policy: Policy;
  /** The prices. */
  rate_card: RateCard;
  /** The plans that customers may subscribe to. Empty if there are none. */
  plans?: Array<Plan>;
};

/** The version of the shop that a quote or a purchase was made under. */
export type ShopVersion = {
  /** `policy.id` of the shop. */
  policy: string;
  /** `policy.version` of the shop. */
  policy_version: string;
  /** `rate_card.version` of the shop. */
  rate_card_version: string;
};

/** A limit on the amounts due at purchases, in one currency and period. */
export type SpendLimit = {
  /** The largest sum of the amounts due. */
  amount: Money;
  /** The period that the sum is over. */
  period: CalendarPeriod;
};

/** The part of an account that a quote reads, as one actor sees it. `Account::standing` makes it, or a client writes it as JSON. It has no keys and no ledger. */
export type Standing = {
  /** Who sends the request. */
  actor?: Actor;
  /** What the customer has agreed with the shop. */
  terms: CustomerTerms;
  /** The wallet's balance per currency, after holds. */
  balances?: Array<Money>;
  /** The holders that numbers of this account may have; of many, the first and the request's own. */
  holders?: Array<HolderId>;
  /** Holders whose numbers do not count against the account's limits. The plan includes none of their numbers, and volume tiers count each of these holders alone. */
  uncounted_holders?: Array<HolderId>;
  /** The numbers held, counted. */
  held?: HeldCounts;
  /** The first numbers among them, as far as the actor may release them or they are leaving. A number that is not listed may be released all the same, and nothing else is known of it. */
  releasable?: Array<ReleasableNumber>;
  /** The pending purchases that are listed one by one: those whose checkout expires first. */
  in_flight?: Array<InFlight>;
  /** The other pending purchases, counted. */
  pending?: PendingCounts;
  /** Claims and releases in the windows of the rules, oldest first. Those of `in_flight` are not among them. */
  recent?: Array<Move>;
  /** The amounts due at purchases in the current calendar periods, beyond those of `in_flight` and `recent`. */
  spent?: Array<PeriodSpend>;
  /** When the latest completed purchase was accepted. */
  last_accepted_at?: Timestamp | null;
  /** The verifications with their instants and what must be mended. For a number, the one that is nearest to an approval counts, of these and of `terms.kyc`. */
  verifications?: Array<Verification>;
};

/** The state of a purchase. Each state holds only what is true in it. */
export type State =
  | {
    "state": "awaiting_kyc";
  } & AwaitingKyc
  | {
    "state": "opening_checkout";
  } & OpeningCheckout
  | {
    "state": "awaiting_payment";
  } & AwaitingPayment
  | {
    "state": "securing";
  } & Securing
  | {
    "state": "returning";
  } & Returning
  | {
    "state": "charging";
  } & Charging
  | {
    "state": "ordering";
  } & Ordering
  | {
    "state": "unconfirmed";
  } & Unconfirmed
  | {
    "state": "billing";
  } & Billing
  | {
    "state": "compensating";
  } & Compensating
  | {
    "state": "undone";
  } & Undone
  | {
    "state": "active";
  } & Active
  | {
    "state": "failed";
  } & Failed;

/** A tax on numbers of some countries. It is taken on what is left after the discounts. */
export type Tax = {
  /** The name on the price, as customers read it. */
  label: string;
  /** The countries whose numbers are taxed; empty: all. */
  countries?: Array<Country>;
  /** The rate, of the price without tax, such as `19` or `8.875`; at most 100. */
  percent: Percent;
  /** Whether prices contain the tax. */
  kind: TaxKind;
  /** What is rounded to whole minor units: each line, or the total. */
  rounded?: TaxRounding;
  /** How a fraction of a minor unit is rounded. */
  rounding?: Rounding;
  /** The first instant of purchases that are taxed. Absent: no begin. */
  effective_from?: Timestamp;
  /** The end: purchases at this instant or later are not taxed. Absent: no end. */
  effective_until?: Timestamp;
};

/** Whether prices contain a tax. */
export type TaxKind = "exclusive" | "inclusive";

/** Where a tax is rounded. */
export type TaxRounding = "line" | "total";

/** The recurring fee from the n-th number on. It replaces the rate's own fee. */
export type Tier = {
  /** The first number that the tier is for, among the numbers held and pending: 11 is bought by a customer with ten. For an uncounted holder only its own numbers are counted. */
  from_number: number;
  /** The recurring charge, in the rate's own period. */
  fee: Money;
};

/** A time zone of IANA, as a table of its offsets from UTC between two instants. `cargo xtask time-zone` writes one. */
export type TimeZone = {
  /** The name of the zone, such as `Europe/Amsterdam`. */
  name: string;
  /** The edition of tzdb that the table is of, such as `2025b`. */
  tzdb: string;
  /** The first instant that the table covers. */
  known_from: Timestamp;
  /** The end of the table: the offset at this instant or later is unknown. */
  known_until: Timestamp;
  /** The offset at the first instant, in minutes; positive to the east. */
  offset_minutes: number;
  /** The changes of the offset, in order. Absent: none. */
  transitions?: Array<Transition>;
};

/** Milliseconds since 1970-01-01T00:00:00Z. Within ±(2⁵³ − 1), so that JSON and JavaScript read the same number. Arithmetic saturates at these ends. */
export type Timestamp = number;

/** What a purchase remembers of its effects. */
export type Trail = {
  /** The effects that were ever pending and are not known to be done, in order. Absent: none. */
  begun?: Array<EffectKind>;
  /** Those that are known to be done. Absent: none. */
  done?: Array<EffectKind>;
  /** The number that was reserved, until it is bought. */
  number?: E164;
  /** The numbers that were reserved and are not what was agreed. They go back, and another one is tried. */
  rejected?: Array<E164>;
  /** What came to light after the failure, and is still to be undone. */
  late?: Array<UndoStep>;
  /** The attempts of the first of these steps. Absent: none. */
  attempts?: Attempts;
  /** What must be undone and is in manual review: nobody answers, or it cannot be undone without harm to another purchase. */
  review?: Array<UndoStep>;
  /** The order is in doubt, and the carrier is asked: the attempts of the query. */
  query?: Attempts;
  /** The effects that are in doubt and in manual review. Asking again could do what was taken for declined. */
  doubted?: Array<EffectKind>;
  /** How many queries have an id: the number of the next one. */
  queries?: number;
};

/** How numbers move between the holders of an account. The limits of holders are those of a purchase. */
export type Transfers = {
  /** The roles that may transfer numbers. Empty: every role. */
  roles?: Array<Role>;
  /** For how many seconds after its last use a number stays with its holder. The account's first holder gives numbers away at any time. Absent: every holder does. */
  cool_off_s?: number;
  /** The roles that may transfer a number that was used within `cool_off_s`. Empty: none. */
  overriders?: Array<Role>;
};

/** A change of a zone's offset. */
export type Transition = {
  /** The first instant with the new offset. */
  at: Timestamp;
  /** The new offset, in minutes; positive to the east. */
  offset_minutes: number;
};

/** The order's reply was lost, and the carrier may have sold the number. */
export type Unconfirmed = {
  /** The number that was ordered. */
  offer: OfferedNumber;
  /** The attempts of the order and of its query together. */
  attempts: Attempts;
  /** The carrier's reason, if it declined a repeat of the unclear order. */
  declined: string | null;
};

/** One step of an undo. */
export type UndoStep =
  | {
    "undo": "return_reservation";
    /** The reserved number. */
    number: E164;
  }
  | {
    "undo": "return_number";
    /** The provisioned number. */
    number: E164;
  }
  | {
    "undo": "refund";
    /** The amount to return. */
    amount: Money;
  };

/** The remaining steps of an undo, in order: at least one, with the refund last. JSON: a list. */
export type UndoSteps = Array<
  | {
    "undo": "return_reservation";
    /** The reserved number. */
    number: E164;
  }
  | {
    "undo": "return_number";
    /** The provisioned number. */
    number: E164;
  }
  | {
    "undo": "refund";
    /** The amount to return. */
    amount: Money;
  }>;

/** Everything is undone. */
export type Undone = {
  /** The reason of the failure. */
  failure: Failure;
  /** Whether money was refunded. */
  refunded: boolean;
};

/** What a repeat gets while the first attempt has not ended. */
export type UnfinishedAnswer = {
  /** The status. */
  status: number;
  /** The header `Retry-After`, in seconds. Absent: there is none. */
  retry_after_s?: number;
};

/** The guard against accidental second purchases. */
export type Velocity = {
  /** How long after an accepted purchase the next one must be confirmed, in seconds. */
  window_s: number;
};

/** How the papers for a country and a type of number stand. */
export type Verification = {
  /** The country of the numbers. Absent: the verification of the account, for all countries. */
  country?: Country;
  /** The type of the numbers. Absent: all types. */
  number_type?: NumberType;
  /** How it stands, as it was recorded. An approval that has expired since is still recorded as approved. */
  status: KycStatus;
  /** The first instant at which an approval does not hold. Absent: it holds until it is withdrawn. */
  expires_at?: Timestamp;
  /** The names of the items that a decline wants mended. Empty: all. */
  mend?: Array<string>;
  /** The first instant at which mending them is not enough, and everything must be submitted again. Absent: never. */
  mend_by?: Timestamp;
  /** The papers in the host's store of personal data. */
  papers?: PapersId;
};

/** What happens at the instant that is waited for. */
export type WaitReason =
  | {
    "kind": "checkouts_end";
    /** How many checkouts expire. */
    count: number;
  }
  | {
    "kind": "numbers_leave";
    /** How many numbers leave. */
    count: number;
  }
  | {
    "kind": "spending_fits";
  }
  | {
    "kind": "next_day";
  }
  | {
    "kind": "window_has_room";
  }
  | {
    "kind": "no_confirmation";
  };

/** What a shop's rules look back on. `purchase_accepted` carries them, so that applying it needs no shop. */
export type WindowRules = {
  /** The largest limit of pace over the shop's plans: the count of claims, and of releases, that are kept. */
  moves_max: number;
  /** When the day of the purchase began, by the policy's clocks. */
  day_began_at: Timestamp;
  /** When its month began. */
  month_began_at: Timestamp;
};

/** A country whose numbers the plan knows, by its code of ISO 3166-1. */
export type PlanCountry =
  | "US" | "AG" | "AI" | "AS" | "BB" | "BM" | "BS" | "CA" | "DM" | "DO" | "GD" | "GU" | "JM" | "KN" | "KY"
  | "LC" | "MP" | "MS" | "PR" | "SX" | "TC" | "TT" | "VC" | "VG" | "VI" | "RU" | "KZ" | "EG" | "ZA" | "GR"
  | "NL" | "BE" | "FR" | "ES" | "HU" | "IT" | "VA" | "RO" | "CH" | "AT" | "GB" | "GG" | "IM" | "JE" | "DK"
  | "SE" | "NO" | "SJ" | "PL" | "DE" | "PE" | "MX" | "CU" | "AR" | "BR" | "CL" | "CO" | "VE" | "MY" | "AU"
  | "CC" | "CX" | "ID" | "PH" | "NZ" | "SG" | "TH" | "JP" | "KR" | "VN" | "CN" | "TR" | "IN" | "PK" | "AF"
  | "LK" | "MM" | "IR" | "SS" | "MA" | "EH" | "DZ" | "TN" | "LY" | "GM" | "SN" | "MR" | "ML" | "GN" | "CI"
  | "BF" | "NE" | "TG" | "BJ" | "MU" | "LR" | "SL" | "GH" | "NG" | "TD" | "CF" | "CM" | "CV" | "ST" | "GQ"
  | "GA" | "CG" | "CD" | "AO" | "GW" | "IO" | "AC" | "SC" | "SD" | "RW" | "ET" | "SO" | "DJ" | "KE" | "TZ"
  | "UG" | "BI" | "MZ" | "ZM" | "MG" | "RE" | "YT" | "ZW" | "NA" | "MW" | "LS" | "BW" | "SZ" | "KM" | "SH"
  | "TA" | "ER" | "AW" | "FO" | "GL" | "GI" | "PT" | "LU" | "IE" | "IS" | "AL" | "MT" | "CY" | "FI" | "AX"
  | "BG" | "LT" | "LV" | "EE" | "MD" | "AM" | "BY" | "AD" | "MC" | "SM" | "UA" | "RS" | "ME" | "XK" | "HR"
  | "SI" | "BA" | "MK" | "CZ" | "SK" | "LI" | "FK" | "BZ" | "GT" | "SV" | "HN" | "NI" | "CR" | "PA" | "PM"
  | "HT" | "GP" | "BL" | "MF" | "BO" | "GY" | "EC" | "GF" | "PY" | "MQ" | "SR" | "UY" | "CW" | "BQ" | "TL"
  | "NF" | "BN" | "NR" | "PG" | "TO" | "SB" | "VU" | "FJ" | "PW" | "WF" | "CK" | "NU" | "WS" | "KI" | "NC"
  | "TV" | "PF" | "TK" | "FM" | "MH" | "KP" | "HK" | "MO" | "KH" | "LA" | "BD" | "TW" | "MV" | "LB" | "JO"
  | "SY" | "IQ" | "KW" | "SA" | "YE" | "OM" | "PS" | "AE" | "IL" | "BH" | "QA" | "BT" | "MN" | "NP" | "TJ"
  | "TM" | "AZ" | "GE" | "KG" | "UZ";
