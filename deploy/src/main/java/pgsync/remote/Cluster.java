package pgsync.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;
import pgsync.error.ClusterUnreachable;
import pgsync.error.FailedElsewhere;
import pgsync.error.RunHeld;
import pgsync.request.RunRequest;
import pgsync.status.Page;
import pgsync.status.RunStatus;
import pgsync.status.TableOfRun;
import pgsync.status.TableStatus;
import pgsync.task.RunId;

/**
 * The HTTP interface of a cluster. Every method waits and throws {@link ClusterUnreachable} when no node answers,
 * {@link FailedElsewhere} with the code for authentication when the token is not right. One thread at a time.
 */
final class Cluster implements AutoCloseable {
    private static final int CONFLICT = 409;
    private static final int CANNOT_AUTHENTICATE = 4;
    private static final int PAGE = 500;

    private final Nodes nodes;

    Cluster(NodeUrls urls, @Nullable Secret token) {
        this.nodes = new Nodes(urls, token, Nodes.Patience.USUAL);
    }

    /** Throws {@link RunHeld} while another run holds the tables, {@link InvalidConfig} for what the cluster does not accept. */
    RunId start(RunRequest request) {
        return good(nodes.askOnce(new Nodes.Ask("/api/v1/runs", body(request)))).started();
    }

    /** Nothing happens when it has ended already. */
    void cancel(RunId run) {
        var answer = nodes.ask(new Nodes.Ask("/api/v1/runs/" + run + "/cancel", "{}"));
        if (answer.status() != CONFLICT) {
            var unused = good(answer);
        }
    }

    RunStatus run(RunId run) {
        return good(nodes.ask(Nodes.Ask.read("/api/v1/runs/" + run))).run();
    }

    /** Newest first. */
    List<RunStatus> runs(int limit) {
        return good(nodes.ask(Nodes.Ask.read("/api/v1/runs?limit=" + limit))).runs();
    }

    Answers.Members members() {
        return good(nodes.ask(Nodes.Ask.read("/api/v1/cluster"))).members();
    }

    /** Tables whose last run failed, by name. */
    Page<TableStatus> failedTables(int limit) {
        return good(nodes.ask(Nodes.Ask.read("/api/v1/tables?state=failed&limit=" + limit)))
                .tables();
    }

    /** Those that are furthest behind, the worst first. */
    List<TableStatus> tablesBehind(int limit) {
        return good(nodes.ask(Nodes.Ask.read("/api/v1/tables?sort=lag&order=desc&limit=" + limit)))
                .tables()
                .items();
    }

    /** Every table of the run, by name. */
    List<TableOfRun> tables(RunId run) {
        var path = "/api/v1/runs/%s/tables?limit=%d".formatted(run, PAGE);
        var all = new ArrayList<TableOfRun>();
        var page = good(nodes.ask(Nodes.Ask.read(path))).tablesOfRun();
        all.addAll(page.tables());
        // A page that says it has a next one and holds nothing would lead round in a circle.
        while (page.next() != null && !page.tables().isEmpty()) {
            page = good(nodes.ask(Nodes.Ask.read(path + "&after=" + encoded(page.next()))))
                    .tablesOfRun();
            all.addAll(page.tables());
        }
        return all;
    }

    private static String encoded(String parameter) {
        return URLEncoder.encode(parameter, StandardCharsets.UTF_8);
    }

    /** As the interface has it; in the target a request has another form. */
    private static String body(RunRequest request) {
        var body = JsonNodeFactory.instance.objectNode();
        var include = body.putArray("include");
        request.include().forEach(include::add);
        var exclude = body.putArray("exclude");
        request.exclude().forEach(exclude::add);
        return body.put("mode", request.mode().word())
                .put("dryRun", request.dryRun())
                .toString();
    }

    /** The answer when it is one to what was asked; what the node says against it as one of our exceptions. */
    private static Answers good(Nodes.Answer answer) {
        var status = answer.status();
        if (status >= 200 && status < 300) {
            return new Answers(answer);
        }
        var said = Said.in(answer);
        var remedy = said.remedy();
        throw switch (status) {
            case 400 -> new InvalidConfig(remedy == null ? said.message() : said.message() + "; " + remedy);
            case 401 ->
                new FailedElsewhere(
                        CANNOT_AUTHENTICATE,
                        "%s does not let us in: %s".formatted(answer.node(), said.message()),
                        "give the token of its cluster: PGSYNC_HTTP_TOKEN, or http.token or http.tokenFile in the file of -config");
            case 409 -> new RunHeld(said.message(), remedy == null ? "wait until the other run has ended" : remedy);
            default ->
                new ClusterUnreachable(
                        "%s refuses what a node of pgsync answers: %s".formatted(answer.node(), said.message()),
                        remedy == null ? "check the address" : remedy,
                        null);
        };
    }

    @Override
    public void close() {
        nodes.close();
    }
}
