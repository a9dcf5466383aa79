//! Seals the log while nothing else is to be written: a key may wait for a touch, and an agent at
//! the end of a stalled link may not answer at all, but work never waits for either.

use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use crate::digest::Digest;
use crate::shell::config::Config;
use crate::shell::sealing::{self, Done, SealFault, Sealing};
use crate::shell::ssh::Key;
use crate::shell::writer::Writer;

/// Holds a seal on its way; dropped, it is given up.
#[derive(Debug)]
pub struct Sealer {
    established: Digest,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The agent is being asked which keys it has.
    Key(Receiver<Result<Key, String>>),
    /// The key signs.
    Signing(Box<Sealing>),
}

impl Sealer {
    /// Begins; `established` is the digest of the text as the log gives it.
    #[must_use]
    pub fn start(established: Digest) -> Self {
        let (send, key) = mpsc::channel();
        // Nobody waits for it: if it is given up, its answer has nowhere to go.
        thread::spawn(move || {
            let config = Config::load().map_err(|error| error.to_string());
            let key =
                config.and_then(|it| sealing::key(None, &it).map_err(|fault| fault.to_string()));
            let _ = send.send(key);
        });
        Self { established, stage: Stage::Key(key) }
    }

    /// Goes on as far as it can without waiting; returns the seal once it is in the log.
    ///
    /// # Errors
    /// Says for people why there is no seal.
    pub fn poll(&mut self, writer: &mut Writer) -> Result<Option<Done>, String> {
        let said = |fault: SealFault| fault.to_string();
        match &mut self.stage {
            Stage::Signing(sealing) => sealing.poll(writer).map_err(said),
            Stage::Key(answer) => match answer.try_recv() {
                Err(TryRecvError::Empty) => Ok(None),
                Err(TryRecvError::Disconnected) => Err("the agent could not be asked".to_owned()),
                Ok(key) => {
                    let sealing = Sealing::start(writer, self.established, key?).map_err(said)?;
                    self.stage = Stage::Signing(Box::new(sealing));
                    Ok(None)
                }
            },
        }
    }
}
