//! What differs between two plans of a training.

use serde_json::Value;

use super::TrainPlan;

/// The place of the one number in which two plans differ; `None` where they differ in anything else.
#[must_use]
pub fn changed_number(before: &TrainPlan, after: &TrainPlan) -> Option<String> {
    let value = |plan| serde_json::from_str(&serde_json::to_string(plan).ok()?).ok();
    let values: [Option<Value>; 2] = [before, after].map(value);
    let [Some(before), Some(after)] = values else { return None };
    let mut places = Vec::new();
    differences(&before, &after, &mut String::new(), &mut places);
    match places.as_slice() {
        [(place, true)] => Some(place.clone()),
        _ => None,
    }
}

/// Places in which two values differ, and whether both are numbers there.
fn differences(a: &Value, b: &Value, place: &mut String, found: &mut Vec<(String, bool)>) {
    let mut inside = |name: &str, a: &Value, b: &Value| {
        let length = place.len();
        place.push('.');
        place.push_str(name);
        differences(a, b, place, found);
        place.truncate(length);
    };
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().zip(b.values()).for_each(|((name, a), b)| inside(name, a, b));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.for_each(|(i, (a, b))| inside(&i.to_string(), a, b));
        }
        (a, b) if a == b => {}
        (a, b) => found.push((place.clone(), a.is_number() && b.is_number())),
    }
}
