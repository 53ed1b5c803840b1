import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tasks and what each of them waits for. */
public final class Schedule {
    /** One piece of work. */
    public record Task(String name, Duration length, Set<String> waitsFor) {
        public Task {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a task needs a name");
            }
            waitsFor = Set.copyOf(waitsFor);
        }
    }

    private final Map<String, Task> tasks = new LinkedHashMap<>();

    public Schedule(List<Task> initial) {
        initial.forEach(this::add);
    }

    public void add(Task task) {
        if (tasks.putIfAbsent(task.name(), task) != null) {
            throw new IllegalArgumentException("there is a task " + task.name() + " already");
        }
    }

    public List<Task> order() {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        Deque<Task> ready = new ArrayDeque<>();
        for (Task task : tasks.values()) {
            waiting.put(task.name(), task.waitsFor().size());
            if (task.waitsFor().isEmpty()) {
                ready.add(task);
            }
        }
        List<Task> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            Task done = ready.remove();
            ordered.add(done);
            for (Task next : followers(done)) {
                if (waiting.merge(next.name(), -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        if (ordered.size() < tasks.size()) {
            throw new IllegalStateException("tasks wait for each other: " + stuck(waiting));
        }
        return ordered;
    }

    public Duration finish(String name) {
        Task task = tasks.get(name);
        Duration start = Duration.ZERO;
        for (String other : task.waitsFor()) {
            Duration end = finish(other);
            start = end.compareTo(start) > 0 ? end : start;
        }
        return start.plus(task.length());
    }

    private List<Task> followers(Task task) {
        return tasks.values().stream().filter(other -> other.waitsFor().contains(task.name())).toList();
    }

    private static Set<String> stuck(Map<String, Integer> waiting) {
        Set<String> names = new TreeSet<>();
        waiting.forEach((name, count) -> {
            if (count > 0) {
                names.add(name);
            }
        });
        return names;
    }
}
