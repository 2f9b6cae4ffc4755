//! The pipeline as it is being written: nodes without uids.

use std::cell::RefCell;
use std::rc::Rc;

use crate::pipeline::runnable::{Keep, Runnable};
use crate::pipeline::{NodeKind, NodeProblem};
use crate::proto::{Chaining, Environment, FunctionNode};
use crate::types::{Data, DataType};

/// All that the program has said so far.
pub(crate) struct Draft<E> {
    pub(crate) name: String,
    pub(crate) environment: Environment,
    /// Each behind those that it reads from, since a stream must be there to be read.
    pub(crate) nodes: Vec<DraftNode<E>>,
    /// What was said that cannot be, in the order in which it was said.
    pub(crate) problems: Vec<(usize, NodeProblem)>,
    /// How many events its test streams have.
    pub(crate) turns: u64,
}

/// A node that the program has added.
pub(crate) struct DraftNode<E> {
    /// What it is called unless the program names it.
    pub(crate) default_name: String,
    pub(crate) name: Option<String>,
    pub(crate) uid: Option<String>,
    pub(crate) kind: NodeKind,
    pub(crate) keep: Option<Keep<E>>,
    pub(crate) inputs: Vec<DraftInput>,
    pub(crate) output: Option<DataType>,
    pub(crate) parallelism: Option<u32>,
    pub(crate) max_parallelism: Option<u32>,
    pub(crate) slot_sharing_group: String,
    pub(crate) chaining: Chaining,
    /// For windows whose one result a process function is given: that function's node, with which this
    /// one shares stage and uid.
    pub(crate) part_of: Option<usize>,
}

/// What a node reads.
#[derive(Clone)]
pub(crate) struct DraftInput {
    pub(crate) node: usize,
    /// Empty for the results.
    pub(crate) side_output: String,
}

impl<E> DraftNode<E> {
    pub(crate) fn new(name: impl Into<String>, kind: NodeKind) -> Self {
        Self {
            default_name: name.into(),
            name: None,
            uid: None,
            kind,
            keep: None,
            inputs: Vec::new(),
            output: None,
            parallelism: None,
            max_parallelism: None,
            slot_sharing_group: String::new(),
            chaining: Chaining::Unspecified,
            part_of: None,
        }
    }

    /// A node that runs a function and does nothing else.
    pub(crate) fn function<O: Data>(name: &str, runnable: Runnable<E>) -> Self {
        let node = FunctionNode { function: Some(runnable.function), ..Default::default() };
        Self::new(name, NodeKind::Function(node)).keep(runnable.keep).emits::<O>()
    }

    pub(crate) fn keep(self, keep: Keep<E>) -> Self {
        Self { keep: Some(keep), ..self }
    }

    pub(crate) fn emits<O: Data>(self) -> Self {
        Self { output: Some(O::data_type()), ..self }
    }

    /// What of it is in the graph, beside the function itself.
    pub(crate) fn function_node(&mut self) -> Option<&mut FunctionNode> {
        match &mut self.kind {
            NodeKind::Function(node) => Some(node),
            _ => None,
        }
    }
}

/// A node, or one of its side outputs: where a stream comes from.
pub(crate) struct Port<E> {
    pub(crate) draft: Rc<RefCell<Draft<E>>>,
    pub(crate) node: usize,
    pub(crate) side_output: String,
}

impl<E> Clone for Port<E> {
    fn clone(&self) -> Self {
        let (node, side_output) = (self.node, self.side_output.clone());
        Self { draft: Rc::clone(&self.draft), node, side_output }
    }
}

impl<E> Port<E> {
    /// Adds a node.
    pub(crate) fn source(draft: &Rc<RefCell<Draft<E>>>, node: DraftNode<E>) -> Self {
        let mut adding = draft.borrow_mut();
        adding.nodes.push(node);
        let node = adding.nodes.len() - 1;
        drop(adding);
        Self { draft: Rc::clone(draft), node, side_output: String::new() }
    }

    /// Adds a node that reads from this one.
    pub(crate) fn then(&self, node: DraftNode<E>) -> Self {
        self.then_with(&[], node)
    }

    /// Adds a node that reads from this one, and from others.
    pub(crate) fn then_with(&self, others: &[&Self], node: DraftNode<E>) -> Self {
        let added = Self::source(&self.draft, node);
        for port in [self].iter().chain(others) {
            // One of another pipeline is no node here. The error is told before anybody looks at it.
            if Rc::ptr_eq(&self.draft, &port.draft) {
                let (node, side_output) = (port.node, port.side_output.clone());
                added.change(|added| added.inputs.push(DraftInput { node, side_output }));
            } else {
                let here = self.draft.borrow().name.clone();
                let there = port.draft.borrow().name.clone();
                added.problem(NodeProblem::OtherPipeline { here, there });
            }
        }
        added
    }

    /// Changes the node.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut DraftNode<E>) -> R) -> R {
        change(&mut self.draft.borrow_mut().nodes[self.node])
    }

    /// Remembers what is wrong with the node, until the pipeline is built.
    pub(crate) fn problem(&self, problem: NodeProblem) {
        self.draft.borrow_mut().problems.push((self.node, problem));
    }

    pub(crate) fn check(&self, result: Result<(), NodeProblem>) {
        if let Err(problem) = result {
            self.problem(problem);
        }
    }
}
