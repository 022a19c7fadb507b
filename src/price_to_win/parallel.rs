//! Work shared among threads, with results that do not depend on how.

use std::thread;

/// The results of `task` for each element, in their order; every thread has at least `each` elements, or what is left of them.
pub fn shared_out<T: Sync, R: Send>(tasks: &[T], each: usize, task: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(tasks.len().div_ceil(each)).max(1);
    // Every thread takes one task in so many, so that lots that are slow are shared out.
    let mut parts: Vec<std::vec::IntoIter<R>> = thread::scope(|scope| {
        let task = &task;
        let share = |first: usize| {
            scope.spawn(move || tasks.iter().skip(first).step_by(threads).map(task).collect::<Vec<R>>())
        };
        let running: Vec<_> = (0..threads).map(share).collect();
        let done = running.into_iter().map(|thread| match thread.join() {
            Ok(done) => done.into_iter(),
            Err(fault) => std::panic::resume_unwind(fault),
        });
        done.collect()
    });
    let mut results = Vec::with_capacity(tasks.len());
    for part in (0..parts.len()).cycle().take(tasks.len()) {
        results.extend(parts.get_mut(part).and_then(Iterator::next));
    }
    results
}
