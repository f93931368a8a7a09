//! Cases of workload A as a struct.

use liniment_workloads::Value;
use serde::Serialize;

/// A case as a program of its own would have it.
#[derive(Serialize)]
pub(crate) struct Record {
    amount: Option<f64>,
    level: Option<f64>,
    times: Option<i64>,
    setting: Option<Setting>,
    sign_0: Option<bool>,
    sign_1: Option<bool>,
    sign_2: Option<bool>,
    sign_3: Option<bool>,
    sign_4: Option<bool>,
    sign_5: Option<bool>,
}

#[derive(Clone, Copy, Serialize)]
pub(crate) enum Setting {
    #[serde(rename = "option_00")]
    Option0,
    #[serde(rename = "option_01")]
    Option1,
    #[serde(rename = "option_02")]
    Option2,
    #[serde(rename = "option_03")]
    Option3,
    #[serde(rename = "option_04")]
    Option4,
}

pub(crate) fn records(rows: &[Vec<Value>]) -> Vec<Record> {
    const SETTINGS: [Setting; 5] = [
        Setting::Option0,
        Setting::Option1,
        Setting::Option2,
        Setting::Option3,
        Setting::Option4,
    ];
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let yes = |value: &Value| match value {
        Value::YesNo(yes) => Some(*yes),
        _ => None,
    };
    rows.iter()
        .map(|row| Record {
            amount: number(&row[0]),
            level: number(&row[1]),
            times: match row[2] {
                Value::Integer(number) => Some(number),
                _ => None,
            },
            setting: match row[3] {
                Value::Option(place) => Some(SETTINGS[place]),
                _ => None,
            },
            sign_0: yes(&row[4]),
            sign_1: yes(&row[5]),
            sign_2: yes(&row[6]),
            sign_3: yes(&row[7]),
            sign_4: yes(&row[8]),
            sign_5: yes(&row[9]),
        })
        .collect()
}
