//! What can be said of every node: its name, its uid, how many instances it has.

use crate::pipeline::NodeProblem;
use crate::pipeline::draft::{DraftNode, Port};
use crate::proto::Chaining;

impl<E> Port<E> {
    /// Changes the node, unless this is a side output, which has no options of its own.
    fn option(&self, what: &'static str, change: impl FnOnce(&mut DraftNode<E>)) {
        if self.side_output.is_empty() {
            self.change(change);
        } else {
            let hint =
                "a side output is the node's that emits into it; say it of that node's results";
            self.problem(NodeProblem::NoSuchOption { what, hint });
        }
    }

    pub(crate) fn set_name(&self, name: &str) {
        self.check(not_empty("name", name));
        self.option("a name", |node| node.name = Some(name.to_owned()));
    }

    pub(crate) fn set_uid(&self, uid: &str) {
        self.check(not_empty("uid", uid));
        self.option("a uid", |node| node.uid = Some(uid.to_owned()));
    }

    /// Changes how the node runs, unless it is none that runs: just a way of dealing out records.
    fn task_option(&self, what: &'static str, change: impl FnOnce(&mut DraftNode<E>)) {
        let runs = self.draft.borrow().nodes[self.node].kind.runs();
        if runs || !self.side_output.is_empty() {
            self.option(what, change);
        } else {
            let hint =
                "it only says which instance gets a record; say it of the node that reads from it";
            self.problem(NodeProblem::NoSuchOption { what, hint });
        }
    }

    pub(crate) fn set_parallelism(&self, parallelism: u32) {
        self.check(positive("parallelism", parallelism.into()));
        self.task_option("a parallelism", |node| node.parallelism = Some(parallelism));
    }

    pub(crate) fn set_max_parallelism(&self, max_parallelism: u32) {
        self.check(positive("max parallelism", max_parallelism.into()));
        self.task_option("a max parallelism", |node| node.max_parallelism = Some(max_parallelism));
    }

    pub(crate) fn set_slot_sharing_group(&self, group: &str) {
        self.check(not_empty("slot sharing group", group));
        self.task_option("a slot sharing group", |node| node.slot_sharing_group = group.to_owned());
    }

    pub(crate) fn set_chaining(&self, chaining: Chaining) {
        self.task_option("chaining", |node| node.chaining = chaining);
    }

    pub(crate) fn set_state_cache(&self, entries: u32, bytes: u64) {
        let mut has_state = false;
        self.option("a state cache", |node| {
            if let Some(node) = node.function_node() {
                node.state_cache_entries = entries;
                node.state_cache_bytes = bytes;
                has_state = true;
            }
        });
        if !has_state && self.side_output.is_empty() {
            let hint = "only functions have state; say it of the node behind `key_by`";
            self.problem(NodeProblem::NoSuchOption { what: "a state cache", hint });
        }
    }
}

fn not_empty(what: &'static str, text: &str) -> Result<(), NodeProblem> {
    if text.trim().is_empty() { Err(NodeProblem::Empty { what }) } else { Ok(()) }
}

fn positive(what: &'static str, number: u64) -> Result<(), NodeProblem> {
    if number == 0 { Err(NodeProblem::Zero { what }) } else { Ok(()) }
}

/// Options of the node that a type stands for, which has it in `self.port`.
macro_rules! node_options {
    () => {
        /// Calls the node so, in Flink's Web UI and in errors. The name is also what its
        /// [`uid`](Self::uid) is made from, unless one is given.
        pub fn name(self, name: &str) -> Self {
            self.port.set_name(name);
            self
        }

        /// Identifies the node, and its state in savepoints. Give one to each node with state: what is
        /// made from a name changes when the node gets another name.
        pub fn uid(self, uid: &str) -> Self {
            self.port.set_uid(uid);
            self
        }

        /// Runs so many parallel instances of the node, in place of the pipeline's.
        pub fn parallelism(self, parallelism: u32) -> Self {
            self.port.set_parallelism(parallelism);
            self
        }

        /// The most parallel instances that the node can ever have: its number of key groups.
        pub fn max_parallelism(self, max_parallelism: u32) -> Self {
            self.port.set_max_parallelism(max_parallelism);
            self
        }

        /// Runs the node in slots of that group only, and no node of another group in these.
        pub fn slot_sharing_group(self, group: &str) -> Self {
            self.port.set_slot_sharing_group(group);
            self
        }

        /// Begins a new task with the node; others may follow in it.
        pub fn start_new_chain(self) -> Self {
            self.port.set_chaining(crate::proto::Chaining::StartNew);
            self
        }

        /// Runs the node in a task of its own, which it shares with no other.
        pub fn disable_chaining(self) -> Self {
            self.port.set_chaining(crate::proto::Chaining::Never);
            self
        }
    };
}

pub(crate) use node_options;
