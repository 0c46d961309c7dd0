package pgsync.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import pgsync.http.Members.Cluster;
import pgsync.http.Members.Member;
import pgsync.status.RunStatus;
import pgsync.status.TableNews;
import pgsync.status.TableOfRun;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;

/** Tells what is new in a look at the target, compared with the looks before. Owned by whoever holds the feed's lock. */
final class News {
    /** Lines of history get their numbers before they commit, so this many are read again in case one came late. */
    static final int LATE_LINES = 200;

    private final Map<NodeId, MemberNews> members = new LinkedHashMap<>();
    private final Map<RunId, RunStatus> runs = new LinkedHashMap<>();
    private final Map<Place, TableOfRun> inWork = new LinkedHashMap<>();
    private final TreeSet<Long> seenLines = new TreeSet<>();
    private long lastLine;

    /** What one look found. */
    record Look(Cluster cluster, List<RunStatus> runs, TableNews tables) {}

    /** Something to tell: the event's name and what it carries. */
    record Item(String event, Object carried) {}

    /** {@code present}: false when the member is gone. */
    record MemberNews(
            boolean present, boolean leads, @JsonUnwrapped Member member) {}

    record TableChange(RunId runId, @JsonUnwrapped TableOfRun table) {}

    private record Place(RunId run, TableName table) {}

    private record Nothing() {}

    /** From here on everything is told anew: a reader forgets what it knew. */
    static final Item RESET = new Item("reset", new Nothing());

    List<Item> changes(Look look) {
        var items = new ArrayList<Item>();
        members(look.cluster(), items);
        tables(look.tables(), items);
        runs(look.runs(), items);
        return items;
    }

    private void members(Cluster cluster, List<Item> items) {
        var now = new LinkedHashMap<NodeId, MemberNews>();
        for (var member : cluster.members()) {
            now.put(member.id(), new MemberNews(true, member.id().equals(cluster.coordinator()), member.withoutAge()));
        }
        members.forEach((id, before) -> {
            if (!now.containsKey(id)) {
                items.add(new Item("member", new MemberNews(false, false, before.member())));
            }
        });
        now.forEach((id, member) -> {
            if (!member.equals(members.get(id))) {
                items.add(new Item("member", member));
            }
        });
        members.clear();
        members.putAll(now);
    }

    private void runs(List<RunStatus> look, List<Item> items) {
        var now = new LinkedHashMap<RunId, RunStatus>();
        for (var run : look.reversed()) {
            now.put(run.id(), run);
            if (!run.equals(runs.get(run.id()))) {
                items.add(new Item("run", run));
            }
        }
        runs.clear();
        runs.putAll(now);
    }

    private void tables(TableNews news, List<Item> items) {
        var working = new LinkedHashMap<Place, TableOfRun>();
        for (var item : news.items()) {
            if (item.line() == 0) {
                working.put(new Place(item.runId(), item.table().table()), item.table());
            } else if (seenLines.add(item.line())) {
                inWork.remove(new Place(item.runId(), item.table().table()));
                items.add(new Item("table", new TableChange(item.runId(), item.table())));
            }
        }
        lastLine = Math.max(lastLine, news.last());
        seenLines.headSet(readFrom(), true).clear();
        inWork.entrySet().removeIf(before -> {
            var givenBack = !working.containsKey(before.getKey());
            if (givenBack) {
                items.add(new Item("table", new TableChange(before.getKey().run(), waiting(before.getValue()))));
            }
            return givenBack;
        });
        working.forEach((place, table) -> {
            if (!table.equals(inWork.put(place, table))) {
                items.add(new Item("table", new TableChange(place.run(), table)));
            }
        });
    }

    private static TableOfRun waiting(TableOfRun table) {
        return new TableOfRun(
                table.table(),
                table.mode(),
                "waiting",
                table.startTime(),
                null,
                table.rowsUpserted(),
                table.rowsDeleted(),
                table.rowsUnchanged(),
                table.bytes(),
                table.tasks(),
                table.tasksDone(),
                table.watermarkFrom(),
                null,
                table.error(),
                table.remedy(),
                null);
    }

    /** Lines that were there before the first look are no news. */
    static News after(long line, TableNews before) {
        var news = new News();
        news.lastLine = line;
        before.items().stream().filter(item -> item.line() > 0).forEach(item -> news.seenLines.add(item.line()));
        return news;
    }

    /** How things stand, for a reader who knows nothing. */
    List<Item> everything() {
        var items = new ArrayList<Item>();
        items.add(RESET);
        members.values().forEach(member -> items.add(new Item("member", member)));
        runs.values().forEach(run -> items.add(new Item("run", run)));
        inWork.forEach((place, table) -> items.add(new Item("table", new TableChange(place.run(), table))));
        return items;
    }

    /** The line from which the next look has to read. */
    long readFrom() {
        return Math.max(0, lastLine - LATE_LINES);
    }

    /** How many lines are kept in mind. */
    int remembered() {
        return seenLines.size();
    }
}
