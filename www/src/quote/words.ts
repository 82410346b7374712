// What gates, charges and payments are called. What a gate says is the core's to word.
import type { ChargeKind, Gate, PaymentMethod } from "ringup/slim";

export const GATES: Record<Gate, string> = {
  key_form: "Idempotency key",
  idempotency: "First use of the key",
  request: "Request",
  actor: "Who acts",
  selector: "Which number",
  paid_plan: "Paid plan",
  number_limit: "Number limit",
  country_limit: "Numbers in the country",
  type_limit: "Numbers of the type",
  holder_limit: "Numbers of the holder",
  spend_limit: "Spend limit",
  daily_limit: "Purchases a day",
  country: "Country",
  stock: "In stock",
  billing: "Billing",
  kyc: "Identity",
  velocity: "Velocity",
  churn: "Buying and releasing",
  payment_method: "Payment method",
  balance: "Balance",
  price: "Price as seen",
};

export const CHARGES: Record<ChargeKind, string> = {
  setup_fee: "Setup fee",
  other_fee: "Other fee",
  first_month: "First month",
  first_year: "First year",
  recurring_fee: "Recurring charge",
  proration: "Already over",
  included_number: "Included in the plan",
  discount: "Discount",
  tax: "Tax",
};

export const PAYMENTS: Record<PaymentMethod, string> = {
  checkout: "at a checkout page",
  subscription: "one more on the subscription",
  usage_invoice: "on the invoice of the card on file",
  wallet: "from the wallet",
};
