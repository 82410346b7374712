// Names of gates, charges and payment methods. Sentences come from the core.
import type { ChargeKind, Gate, PaymentMethod } from "ringup/slim";

export const GATES: Record<Gate, string> = {
  key_form: "Idempotency key",
  idempotency: "Repeat",
  request: "Request",
  actor: "Who acts",
  selector: "Which number",
  already_held: "Not held yet",
  paid_plan: "Paid plan",
  number_limit: "Number limit",
  country_limit: "Numbers in the country",
  type_limit: "Numbers of the type",
  holder_limit: "Numbers of the holder",
  spend_limit: "Spend limit",
  daily_limit: "Daily limit",
  country: "Country",
  stock: "In stock",
  billing: "Billing",
  kyc: "Identity",
  velocity: "Velocity",
  churn: "Buying and releasing",
  payment_method: "Payment method",
  balance: "Balance",
  price: "Accepted price",
};

export const CHARGES: Record<ChargeKind, string> = {
  setup_fee: "Setup fee",
  other_fee: "Other fee",
  first_month: "First month",
  first_year: "First year",
  recurring_fee: "Recurring charge",
  proration: "Proration",
  included_number: "Included in the plan",
  discount: "Discount",
  minimum_charge: "Supplement to the minimum charge",
  tax: "Tax",
};

export const PAYMENTS: Record<PaymentMethod, string> = {
  checkout: "at a checkout page",
  subscription: "added to the subscription",
  usage_invoice: "on the usage invoice, to the card on file",
  wallet: "from the wallet",
};
