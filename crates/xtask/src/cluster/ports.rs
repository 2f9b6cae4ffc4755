//! The ports that a cluster answers on: that of the REST API, and the next one for RPC.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

/// Where processes of the cluster call the JobManager.
pub(super) fn rpc_port(rest: u16) -> Result<u16> {
    rest.checked_add(1).context("the port must be less than 65535")
}

/// Fails when another program listens on one of the ports.
pub(crate) fn check_free(rest: u16) -> Result<()> {
    for (port, purpose) in [(rest, "the REST API"), (rpc_port(rest)?, "RPC")] {
        if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            bail!(
                "port {port}, for {purpose}, cannot be had: {error}; another --port (and the port \
                 after it) may be free"
            );
        }
    }
    Ok(())
}

/// A port that nobody listens on, nor on the one after it.
pub(crate) fn free_port() -> Result<u16> {
    for _ in 0..100 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        let port = listener.local_addr()?.port();
        drop(listener);
        if port < u16::MAX && check_free(port).is_ok() {
            return Ok(port);
        }
    }
    bail!("no two neighbouring ports are free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_is_named() {
        let port = free_port().unwrap();
        assert!(check_free(port).is_ok());
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port + 1)).unwrap();
        let message = check_free(port).unwrap_err().to_string();
        assert!(message.contains(&format!("port {}, for RPC", port + 1)), "{message}");
    }

    #[test]
    fn the_last_port_has_none_after_it() {
        assert!(rpc_port(u16::MAX).is_err());
    }
}
