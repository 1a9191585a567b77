//! Ctrl-C: what has begun is ended in order.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A flag that Ctrl-C sets. Of a repair, the file that is being replaced is finished and no other is begun; of a run that
/// asks servers, what is known by then is reported and kept. A second Ctrl-C ends at once; each file is old or new even
/// then.
pub fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Where no handler can be set, the signal ends the program as ever.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag));
        let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
    }
    flag
}
