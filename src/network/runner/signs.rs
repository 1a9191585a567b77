//! Is it them, or is it us? A machine without a network hears the same from every host, and none of them is to blame.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::network::answer::{Answer, Failure, Phase, Prober};
use crate::network::scheduler::{HostId, Moment};

/// When nobody has said anything for so long, it is time to find out.
const QUIET: Duration = Duration::from_secs(1);

/// What has been heard so far, as far as it tells whether this machine has a network.
#[derive(Debug, Default)]
pub struct Signs {
    /// A host that has a name was asked: only then a lookup can tell anything.
    named: bool,
    asked: BTreeSet<HostId>,
    /// Hosts from which only signs of a missing network came.
    missing: BTreeSet<HostId>,
    /// Somebody answered, or failed in a way that needs a network.
    reached: bool,
    control: Option<JoinHandle<bool>>,
    knows_names: Option<bool>,
}

impl Signs {
    /// Something is sent to a host; `named` where that is no address.
    pub fn sent(&mut self, host: HostId, named: bool) {
        self.asked.insert(host);
        self.named |= named;
    }

    /// Takes in what came.
    pub fn heard(&mut self, host: HostId, answer: &Answer) {
        match answer {
            Err(
                Failure::NoNetwork | Failure::DnsTrouble(_) | Failure::Unreachable | Failure::Timeout(Phase::Resolve),
            ) => {
                self.missing.insert(host);
            }
            // Nothing was sent, so nothing was heard.
            Err(Failure::Unsafe(_)) => {
                self.asked.remove(&host);
            }
            Ok(_) | Err(_) => self.reached = true,
        }
    }

    /// True when everybody who was asked gave such a sign, and nothing else came.
    fn are_bad(&self) -> bool {
        !self.reached && !self.missing.is_empty() && self.asked.is_subset(&self.missing)
    }

    /// Looks for names that are always there, once, when it is time; `prober` does that meanwhile.
    pub async fn look(&mut self, now: Moment, prober: &Arc<dyn Prober>) {
        let time = !self.missing.is_empty() || self.named && now >= QUIET;
        if !self.reached && time && self.control.is_none() && self.knows_names.is_none() {
            let prober = Arc::clone(prober);
            self.control = Some(tokio::spawn(async move { prober.knows_names().await }));
        }
        if self.control.as_ref().is_some_and(JoinHandle::is_finished) {
            self.wait(prober).await;
        }
    }

    /// The same, to the end: all has been asked, and it must be known what that means.
    pub async fn settle(&mut self, prober: &Arc<dyn Prober>) {
        if self.are_bad() && self.knows_names.is_none() {
            self.wait(prober).await;
        }
    }

    async fn wait(&mut self, prober: &Arc<dyn Prober>) {
        let known = match self.control.take() {
            Some(control) => control.await.unwrap_or(false),
            None => prober.knows_names().await,
        };
        self.knows_names = Some(known);
    }

    /// True when this machine has no network: nobody was reached, and the names that are always there are not.
    pub fn say_offline(&self) -> bool {
        self.are_bad() && self.knows_names == Some(false)
    }
}
