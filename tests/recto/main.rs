//! The project's tests, one binary. Each module says what it holds.

mod carrier; // logs on a git host, with and without the hook that guards them
mod cli; // subcommands as real processes in real temporary folders
mod collate; // the two laws, rows and kinds by cases, gaps in any order
mod counted; // what is counted and listed in a hurry, beside a look at everything
mod counts; // the test plan T1 to T17, its counts in print
mod export; // every format on odd texts, read back by the tools that it is for
mod faults; // crashes, torn tails, full disks, failing syncs, kills, races for the lock
mod fuzz; // the fuzz targets' entry points, by proptest, always run
mod golden; // extra: logs by an independent writer, where they are to be had
mod harness; // a desk: temporary folder, cleared environment, fixed clock
mod log; // records, chain, every flipped byte, torn tails, lock
mod merge; // several logs over one base: all orders, random sets, a naive model beside it
mod opening; // damaged, newer and locked logs on a real terminal
mod pace; // what a million records cost, beside a bare loop in the same run
mod playing; // the player in a pseudo-terminal: plays, writes nothing, opens what holds
mod pty; // a pseudo-terminal with the real program in it
mod replay; // any record reached from any other, forward and back, is what a replay says
mod review; // decide and apply: counts, states, undo and redo
mod samples; // the sample documents do what their READMEs say
mod screens; // keys in, screen out, text and styles, odd sizes
mod seals; // seals by a real agent, their verdicts, attacks
mod second_reader; // a reader in Python, from the format alone, comes to the same
mod terminal; // the real program in a pseudo-terminal
mod tidy; // floors, forbidden modules, sizes of files and functions
