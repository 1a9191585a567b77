//! Secrets of an online run: which server gets which, and whose configuration may say so.
//!
//! A configuration that is merely found in a checkout was written by whoever wrote the checkout: it could name any variable
//! of the reader's environment and any server. So secrets are taken from one that the command line names, and in a run for
//! a pull request only if the pull request has not touched it.

use super::common::{Common, Error};
use super::place::Place;
use crate::config::Origin;
use crate::network::credentials::{CredentialProblem, Credentials};
use crate::network::trust::{self, Env};
use crate::secrets;

/// The secrets of a run, and what the reader should know about those that are not used.
///
/// # Errors
/// A mistake in a configuration that is trusted.
pub fn of(common: &Common, place: &Place, env: Env<'_>) -> Result<(Credentials, Vec<String>), Error> {
    let (mut all, mut notes) = (Credentials::default(), Vec::new());
    for one in &place.config.network.credentials {
        let (own, origin) = (&one.value, &one.origin);
        let server = secrets::hidden(&own.origin);
        let trusted = match origin {
            _ if common.config.is_none() => {
                Err("only a configuration that `--config` names may name secrets".to_owned())
            }
            Origin::File(file, _) => trust::is_trusted(&place.base, file, env),
            _ => Ok(()),
        };
        if let Err(why) = trusted {
            notes.push(format!("{origin}: `{server}` is asked without its secret: {why}"));
            continue;
        }
        match all.bind(&own.origin, &own.header, &own.prefix, &own.variable, env) {
            Ok(()) => {}
            // Runs for a fork have no secrets; their links are checked all the same.
            Err(problem @ CredentialProblem::Variable(_)) => {
                notes.push(format!("{origin}: `{server}` is asked without its secret: {problem}"));
            }
            Err(problem) => return Err(Error::Failed(format!("{origin}: {problem}"))),
        }
    }
    Ok((all, notes))
}
