//! A price, line by line: what is due now, and what recurs.

use ringup_core::{Price, PriceLine};

use super::words::name;

/// What each line is for, and its amount.
pub(super) fn rows(price: &Price) -> Vec<[String; 2]> {
    let mut rows: Vec<[String; 2]> = price.lines.iter().map(|line| row(price, line)).collect();
    rows.push(["due now".into(), price.write(price.due_now).to_string()]);
    let included = |taxes: &[PriceLine]| -> Vec<[String; 2]> {
        let each = taxes.iter().map(|line| row(price, line));
        each.map(|[what, amount]| [format!("of this, {what}"), amount]).collect()
    };
    rows.extend(included(&price.taxes_included));
    for stretch in &price.introductory {
        let periods = match stretch.periods {
            1 => "the next period".into(),
            periods => format!("each of the next {periods} periods"),
        };
        rows.push([periods, price.write(stretch.amount).to_string()]);
        rows.extend(included(&stretch.taxes_included));
    }
    let recurring = price.yearly_fee.map_or_else(
        || ["every month after".into(), price.write(price.monthly_fee).to_string()],
        |yearly_fee| ["every year after".into(), price.write(yearly_fee).to_string()],
    );
    rows.push(recurring);
    rows.extend(price.recurring_lines.iter().map(|line| {
        let [what, amount] = row(price, line);
        [format!("  {what}"), amount]
    }));
    rows.extend(included(&price.recurring_taxes_included));
    if 0 < price.minimum_commitment_months {
        let months = price.minimum_commitment_months;
        rows.push([format!("over the {months} months committed to"), price.write(price.commitment_total).to_string()]);
    }
    rows
}

fn row(price: &Price, line: &PriceLine) -> [String; 2] {
    let label = line.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
    let on = line.on.as_ref().map(|part| format!(" (on {})", name(part))).unwrap_or_default();
    [format!("{}{label}{on}", line.charge), price.write(line.amount).to_string()]
}
