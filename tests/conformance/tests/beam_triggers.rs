//! The run of Beam's transcripts passes what is right and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_conformance::beam::triggers::check;

/// The failures of a transcript of windows of ten that ends with these steps.
fn failures(steps: &str) -> String {
    let text = format!("name: it\nwindow_fn: FixedWindows(10)\ntranscript:\n{steps}");
    check(&text).unwrap().failures().concat()
}

#[test]
fn a_story_that_comes_true_passes() {
    let steps = "- input: [1, 2, 11]\n- watermark: 10\n- expect:\n  - {window: [0, 9], values: [1, 2], \
                 timestamp: 9, early: false, late: false, final: true, index: 0}\n";
    assert_eq!(failures(steps), "");
}

#[test]
fn what_is_expected_and_not_told_fails_and_so_does_what_is_told_and_not_expected() {
    let late = "- input: [1]\n- watermark: 10\n- expect: [{late: true}]\n";
    assert!(failures(late).contains("Unmatched output"));
    assert!(failures("- input: [1]\n- watermark: 10\n").contains("Unexpected output at the end"));
    let early = "- input: [1]\n- watermark: 9\n- expect: [{index: 0}]\n";
    assert!(failures(early).contains("Unmatched output"));
}

#[test]
fn an_error_that_is_announced_must_come() {
    let text = "name: it\nerror: Unmatched\ntranscript: [input: [1]]\n";
    let report = check(text).unwrap();
    assert!(report.failures()[0].contains("expected the error 'Unmatched', found Ok(())"));
}

#[test]
fn windows_that_are_not_over_yet_are_not_asked_to_be_gone() {
    let text = "name: it\nwindow_fn: FixedWindows(10)\ntrigger_fn: AfterCount(2)\ntranscript:\n\
                - input: [1, 2, 11]\n- expect: [{window: [0, 9]}]\n\
                - state: {present: [[10, 19]], tombstone: [[0, 9]], absent: [[0, 9]]}\n\
                - watermark: 10\n- state: {absent: [[0, 9]]}\n";
    let report = check(text).unwrap();
    assert_eq!((report.passed(), report.failures().len(), report.skipped().len()), (1, 0, 1));
    let wrong = text.replace("present: [[10, 19]]", "present: [[0, 9]]");
    assert!(check(&wrong).unwrap().failures()[0].contains("[0, 10) is not present"));
}

#[test]
fn a_file_of_another_form_is_an_error_that_names_the_line() {
    let error = check("name: it\ntranscript:\n- output: []\n").err().unwrap();
    assert!(error.to_string().starts_with("line 3: expected an action"), "{error}");
    let error = check("name: it\nwindow_fn: FixedWindows(0)\ntranscript: []\n").err().unwrap();
    assert!(error.to_string().contains("must be positive, found 0 ms"), "{error}");
}
