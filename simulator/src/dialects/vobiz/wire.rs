//! Vobiz's own words. Members stand in the order in which the document prints them.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::kit::json::non_null;

/// The body of a purchase. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct PurchaseBody {
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) e164: Option<String>,
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
}

/// The answer to a purchase.
#[derive(Debug, Serialize)]
pub(super) struct PurchaseAnswer {
    pub(super) message: &'static str,
    pub(super) number: OwnedNumber,
    pub(super) items: Vec<PurchasedItem>,
}

/// A number of an account.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OwnedNumber {
    pub(super) id: String,
    pub(super) account_id: String,
    /// In the answer to a purchase only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) auth_id: Option<String>,
    pub(super) e164: String,
    pub(super) country: String,
    pub(super) region: String,
    pub(super) capabilities: CapabilitySet,
    pub(super) status: &'static str,
    pub(super) provider: &'static str,
    pub(super) setup_fee: Number,
    pub(super) monthly_fee: Number,
    pub(super) currency: String,
    pub(super) voice_enabled: bool,
    pub(super) tags: [&'static str; 0],
    pub(super) purchased_at: String,
    pub(super) is_blocked: bool,
    pub(super) created_at: String,
    pub(super) updated_at: String,
    pub(super) is_trial_number: bool,
    pub(super) minimum_commitment_months: u32,
    pub(super) aadhaar_verification_required: bool,
    pub(super) aadhaar_verified: bool,
    pub(super) source: &'static str,
    /// In lists only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_billing_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_billing_date: Option<String>,
}

/// The body of a move to a sub-account. Fields that are not named here are passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AssignBody {
    #[serde(deserialize_with = "non_null")]
    pub(super) sub_account_id: Option<String>,
}

/// The answer to a release.
#[derive(Debug, Serialize)]
pub(super) struct Released {
    pub(super) cancel_url: String,
    pub(super) cooldown_ends_at: String,
    pub(super) message: &'static str,
    pub(super) release_fee: Number,
    pub(super) status: &'static str,
}

/// The answer to a cancelled release.
#[derive(Debug, Serialize)]
pub(super) struct Cancelled {
    pub(super) message: &'static str,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refund_amount: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refund_status: Option<&'static str>,
}

/// A number that was used a short time ago stays with its sub-account.
#[derive(Debug, Serialize)]
pub(super) struct CoolOff {
    pub(super) error: &'static str,
    pub(super) cool_off_until: String,
    pub(super) cool_off_remaining_seconds: i64,
}

/// The short form of a number that was just bought.
#[derive(Debug, Serialize)]
pub(super) struct PurchasedItem {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) e164: String,
    pub(super) country: String,
    pub(super) region: String,
    pub(super) capabilities: CapabilitySet,
    pub(super) status: &'static str,
    pub(super) monthly_fee: Number,
    pub(super) currency: String,
}

/// A number that could be bought.
#[derive(Debug, Serialize)]
pub(super) struct InventoryNumber {
    pub(super) id: String,
    pub(super) account_id: &'static str,
    pub(super) e164: String,
    pub(super) country: String,
    pub(super) region: String,
    pub(super) capabilities: CapabilitySet,
    pub(super) status: &'static str,
    pub(super) provider: &'static str,
    pub(super) setup_fee: Number,
    pub(super) monthly_fee: Number,
    pub(super) currency: String,
    pub(super) voice_enabled: bool,
    pub(super) tags: [&'static str; 0],
    pub(super) is_blocked: bool,
    pub(super) created_at: &'static str,
    pub(super) updated_at: &'static str,
    pub(super) is_trial_number: bool,
    pub(super) minimum_commitment_months: u32,
    pub(super) aadhaar_verification_required: bool,
    pub(super) aadhaar_verified: bool,
}

/// What a number can do.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct CapabilitySet {
    pub(super) voice: bool,
    pub(super) sms: bool,
    pub(super) mms: bool,
    pub(super) fax: bool,
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    pub(super) page: usize,
    pub(super) per_page: usize,
    pub(super) total: usize,
}

/// `GET …/balance/{currency}`
#[derive(Debug, Serialize)]
pub(super) struct Balance {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) currency: String,
    pub(super) balance: Number,
    pub(super) reserved_funds: Number,
    pub(super) promotional_balance: u8,
    pub(super) promotional_reserved_balance: u8,
    pub(super) available_balance: Number,
    pub(super) credit_limit: u8,
    pub(super) is_postpaid: bool,
    pub(super) credit_limit_type: &'static str,
    pub(super) low_balance_threshold: u8,
    pub(super) status: &'static str,
    pub(super) created_at: &'static str,
    pub(super) updated_at: String,
}

/// `GET …/transactions`
#[derive(Debug, Serialize)]
pub(super) struct Transactions {
    pub(super) transactions: Vec<Transaction>,
    pub(super) summary: Summary,
    pub(super) total: usize,
    pub(super) page: usize,
    pub(super) per_page: usize,
    pub(super) total_pages: usize,
}

/// Money that came into the wallet or left it.
#[derive(Debug, Serialize)]
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) balance_id: String,
    #[serde(rename = "type")]
    pub(super) direction: &'static str,
    pub(super) amount: Number,
    pub(super) currency: String,
    pub(super) description: String,
    pub(super) reference: String,
    pub(super) reference_type: &'static str,
    pub(super) status: &'static str,
    pub(super) processed_at: String,
    pub(super) created_at: String,
    pub(super) updated_at: String,
}

/// The transactions of one currency, added up.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    pub(super) total_transactions: usize,
    pub(super) total_debit: Number,
    pub(super) total_credit: Number,
    pub(super) net_amount: Number,
    pub(super) by_reference_type: Vec<ReferenceSummary>,
}

/// The transactions of one currency and kind, added up.
#[derive(Debug, Serialize)]
pub(super) struct ReferenceSummary {
    pub(super) reference_type: &'static str,
    pub(super) total_debit: Number,
    pub(super) total_credit: Number,
    pub(super) count: usize,
}

/// Every error but that of a cool-off.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ErrorBody {
    pub(super) error: String,
    pub(super) message: String,
}
