package pgsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import pgsync.http.Members.Cluster;
import pgsync.http.Members.Member;
import pgsync.http.News.Item;
import pgsync.http.News.Look;
import pgsync.status.TableNews;
import pgsync.status.TableOfRun;
import pgsync.task.NodeId;
import pgsync.task.RunId;
import pgsync.task.TableName;

class NewsTest {
    private static final NodeId ME = new NodeId(UUID.randomUUID());
    private static final RunId RUN = new RunId(UUID.randomUUID());

    private final News news = News.after(10, new TableNews(List.of(line(10, "old")), 10));

    private static Member member(String name, long age) {
        return new Member(
                new NodeId(UUID.nameUUIDFromBytes(name.getBytes())),
                name,
                "worker",
                "a:1",
                null,
                "1",
                age,
                0,
                4,
                null,
                true,
                true);
    }

    private static TableNews.Item line(long number, String table) {
        return new TableNews.Item(number, RUN, table(table, "done", 1));
    }

    private static TableNews.Item inWork(String table, long rows) {
        return new TableNews.Item(0, RUN, table(table, "running", rows));
    }

    private static TableOfRun table(String name, String status, long rows) {
        return new TableOfRun(
                new TableName("public", name),
                "copy",
                status,
                null,
                null,
                rows,
                0,
                0,
                0,
                1,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    private static Look look(List<Member> members, TableNews tables) {
        return new Look(new Cluster("c", ME, null, members), List.of(), tables);
    }

    private static Look tables(long last, TableNews.Item... items) {
        return look(List.of(), new TableNews(List.of(items), last));
    }

    private static List<String> told(List<Item> items) {
        return items.stream()
                .map(item -> switch (item.carried()) {
                    case News.MemberNews member ->
                        (member.present() ? "+" : "-") + member.member().name();
                    case News.TableChange change ->
                        change.table().table().table() + " " + change.table().status();
                    default -> item.event();
                })
                .toList();
    }

    @Test
    void a_member_is_told_when_it_comes_changes_or_goes_and_not_when_only_time_passes() {
        var nothing = new TableNews(List.of(), 10);

        assertThat(told(news.changes(look(List.of(member("a", 1), member("b", 1)), nothing))))
                .containsExactly("+a", "+b");
        assertThat(told(news.changes(look(List.of(member("a", 900), member("b", 5)), nothing))))
                .isEmpty();
        assertThat(told(news.changes(look(List.of(member("a", 1)), nothing)))).containsExactly("-b");
    }

    @Test
    void history_from_before_is_no_news() {
        assertThat(told(news.changes(tables(10, line(10, "old"))))).isEmpty();
    }

    @Test
    void a_line_that_commits_after_one_with_a_higher_number_is_told_once() {
        assertThat(told(news.changes(tables(13, line(13, "quick"))))).containsExactly("quick done");
        assertThat(told(news.changes(tables(13, line(12, "slow"), line(13, "quick")))))
                .containsExactly("slow done");
        assertThat(told(news.changes(tables(13, line(12, "slow"), line(13, "quick")))))
                .isEmpty();
        assertThat(news.readFrom()).isLessThan(12);
    }

    @Test
    void a_table_in_work_is_told_when_rows_came_and_when_its_worker_gave_it_back() {
        assertThat(told(news.changes(tables(10, inWork("orders", 0))))).containsExactly("orders running");
        assertThat(told(news.changes(tables(10, inWork("orders", 0))))).isEmpty();
        assertThat(told(news.changes(tables(10, inWork("orders", 5))))).containsExactly("orders running");
        assertThat(told(news.everything())).containsExactly("reset", "orders running");
        assertThat(told(news.changes(tables(10)))).containsExactly("orders waiting");
        assertThat(told(news.everything())).containsExactly("reset");
    }

    @Test
    void what_was_seen_is_forgotten_when_it_cannot_come_again() {
        for (var line = 11; line < 11 + 3 * News.LATE_LINES; line++) {
            assertThat(news.changes(tables(line, line(line, "t" + line)))).hasSize(1);
        }
        assertThat(news.remembered()).isLessThanOrEqualTo(News.LATE_LINES);
    }
}
