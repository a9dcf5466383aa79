//! The program at the far end of a true login: `ssh` to an `sshd` that only this test has.
//!
//! No port is opened: the client is told to run the server itself and to speak to it through pipes,
//! as `ProxyCommand` allows. Skips in print where OpenSSH's server is not installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Desk, RECTO, REPLIES, USUAL, pause};
use crate::pty::Pty;

/// Holds a desk with the keys and settings of a login to this machine.
struct Login {
    desk: Desk,
    /// What the shell at the far end gets before each command: the desk's own homes.
    homes: String,
}

fn server() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    let found = std::env::split_paths(&path).chain(usual).map(|folder| folder.join("sshd"));
    // As root the server needs the folder that its package's service makes.
    let ready = !rustix::process::geteuid().is_root() || Path::new("/run/sshd").is_dir();
    found.into_iter().find(|program| ready && program.is_file())
}

impl Login {
    /// Makes the login; none, and says why, where this machine cannot have one.
    fn new() -> Option<Self> {
        let Some(server) = server() else {
            println!("skipped: no sshd here (Debian's openssh-server, and /run/sshd for root)");
            return None;
        };
        let desk = Desk::new();
        let at = |name: &str| desk.path().join(name).display().to_string();
        for name in ["host", "user"] {
            let mut keys = Command::new("ssh-keygen");
            keys.args(["-q", "-t", "ed25519", "-N", "", "-f", &at(name)]);
            assert!(keys.status().expect("ssh-keygen comes with sshd").success());
        }
        let here = format!(
            "HostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nPermitRootLogin yes\nUsePAM no\n\
             PasswordAuthentication no\nPrintMotd no\nPrintLastLog no\nPidFile none\n",
            at("host"),
            at("user.pub")
        );
        desk.put("sshd_config", &here);
        let there = format!(
            "Host far\nProxyCommand {} -i -f {}\nIdentityFile {}\nIdentitiesOnly yes\n\
             IdentityAgent none\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\n\
             LogLevel ERROR\nBatchMode yes\nControlPath none\n",
            server.display(),
            at("sshd_config"),
            at("user")
        );
        desk.put("ssh_config", &there);
        let homes = format!(
            "cd {} && export XDG_STATE_HOME={} XDG_CONFIG_HOME={} LANG=C.UTF-8 RECTO_REVIEWER=mk",
            desk.path().display(),
            at("state"),
            at("config")
        );
        let login = Self { desk, homes };
        let tried = Command::new("ssh").args(login.arguments(false, "true")).output();
        let tried = tried.expect("ssh comes with sshd");
        if !tried.status.success() {
            println!("skipped: no login here: {}", String::from_utf8_lossy(&tried.stderr));
            return None;
        }
        Some(login)
    }

    fn arguments(&self, terminal: bool, command: &str) -> Vec<String> {
        let config = self.desk.path().join("ssh_config").display().to_string();
        let terminal = if terminal { "-tt" } else { "-T" };
        let command = format!("{} && {command}", self.homes);
        ["-F", &config, terminal, "far", &command].map(str::to_owned).to_vec()
    }

    /// Logs in and runs a command there on a terminal.
    fn run(&self, command: &str) -> Pty {
        let arguments = self.arguments(true, command);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Pty::start(self.desk.path(), USUAL, "ssh", &arguments, &[])
    }

    /// Opens the review in a login and waits for its counts.
    fn open(&self) -> Pty {
        let pty = self.run(&format!("exec {RECTO} review base.txt fair.txt"));
        pty.wait("/6 ");
        pty
    }

    /// Waits until nobody holds the log: the program at the far end has ended.
    fn wait_until_left(&self) {
        let open = |line: &str| line.contains(&self.desk.path().display().to_string());
        for _ in 0..400 {
            let running = fs::read_dir("/proc").expect("this is Linux").flatten().any(|process| {
                let command = fs::read(process.path().join("cmdline")).unwrap_or_default();
                let program = command.starts_with(RECTO.as_bytes());
                let at = fs::read_link(process.path().join("cwd")).unwrap_or_default();
                program && open(&at.display().to_string())
            });
            if !running {
                return;
            }
            pause(25);
        }
        panic!("the program stays where its line is gone");
    }
}

#[test]
fn a_login_decides_and_gives_the_terminal_back() {
    let Some(login) = Login::new() else { return };
    let mut pty = login.open();
    for count in 1..=3 {
        pty.send("a");
        pty.wait(&format!("accepted {count}"));
        assert_eq!(login.desk.decided(), count);
    }
    pty.resize(100, 30);
    pty.wait_until("the larger screen", |seen| {
        seen.text.lines().count() > 24 && seen.text.contains("accepted 3")
    });
    pty.send("q");
    assert!(pty.end().success());
    pty.assert_restored();
}

#[test]
fn replies_that_come_late_over_a_login_are_no_keys() {
    let Some(login) = Login::new() else { return };
    let mut pty = login.open();
    for reply in REPLIES {
        let (head, tail) = reply.split_at(reply.len() / 2);
        pty.send(head);
        pause(10);
        pty.send(tail);
    }
    pty.send("a");
    pty.wait("accepted 1");
    pty.wait("open 5/6");
    assert_eq!(login.desk.decided(), 1);
}

#[test]
fn a_line_that_drops_loses_nothing_and_the_next_login_goes_on() {
    let Some(login) = Login::new() else { return };
    for count in 1..=3 {
        let mut pty = login.open();
        pty.send("a");
        pty.wait(&format!("accepted {count}"));
        pty.signal("KILL");
        pty.end();
        login.wait_until_left();
        assert_eq!(login.desk.decided(), count);
    }
    let pty = login.open();
    pty.wait("accepted 3");
}

#[test]
fn a_session_of_tmux_outlives_its_line() {
    let Some(login) = Login::new() else { return };
    let tmux = "tmux -f /dev/null -S there";
    if Command::new("tmux").arg("-V").output().is_err() {
        println!("skipped: no tmux here");
        return;
    }
    let mut pty = login.run(&format!("exec {tmux} new {RECTO} review base.txt fair.txt"));
    pty.wait("/6 ");
    pty.send("a");
    pty.wait("accepted 1");
    let before = body(&pty.screen());
    pty.signal("KILL");
    pty.end();
    let mut pty = login.run(&format!("exec {tmux} attach -d"));
    pty.wait("accepted 1");
    pty.wait_until("the same screen", |seen| body(&seen.text) == before);
    pty.send("a");
    pty.wait("accepted 2");
    // Detached by its keys, attached, then at another size.
    pty.send("\x02d");
    assert!(pty.end().success());
    let mut pty = login.run(&format!("exec {tmux} attach -d"));
    pty.wait("accepted 2");
    pty.resize(100, 30);
    pty.wait_until("the larger screen", |seen| {
        seen.text.lines().count() == 30 && seen.text.contains("accepted 2")
    });
    pty.send("q");
    assert!(pty.end().success());
    login.wait_until_left();
    assert_eq!(login.desk.decided(), 2);
}

/// Returns the rows that are the program's: all but the last, which is tmux's.
fn body(screen: &str) -> Vec<String> {
    let mut rows: Vec<String> = screen.lines().map(|row| row.trim_end().to_owned()).collect();
    rows.truncate(22);
    rows
}
