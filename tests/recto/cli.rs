//! subcommands as real processes in real temporary folders
