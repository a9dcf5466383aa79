//! Waves: for each number of edits, how far every diagonal of two sequences reaches (Ukkonen 1985;
//! Myers 1986).
//!
//! A diagonal is a place in the other sequence less one in the first. A wave keeps a row, which is a
//! place in the first sequence, for each diagonal that is looked at.

/// The row of a diagonal that was not reached.
pub(super) const NOWHERE: i32 = i32::MIN / 2;

/// Spends one edit: where each diagonal gets by one from itself or a neighbour. `last` has one
/// diagonal more at either end.
pub(super) fn step(last: &[i32], wave: &mut [i32], rows: i32) {
    let count = wave.len();
    let (left, same, right) = (&last[..count], &last[1..=count], &last[2..count + 2]);
    for (((row, left), same), right) in wave.iter_mut().zip(left).zip(same).zip(right) {
        *row = (*left).max(same + 1).max(right + 1).min(rows);
    }
}

/// Goes on from `row` on diagonal `k` as far as the sequences are equal.
pub(super) fn slide((one, other): (&[u32], &[u32]), mut row: i32, k: i32) -> i32 {
    // What lies before a sequence is no place in it either.
    let at = |sequence: &[u32], place: i32| sequence.get(place as usize).copied();
    while let Some(element) = at(one, row)
        && at(other, row.wrapping_add(k)) == Some(element)
    {
        row += 1;
    }
    row
}
