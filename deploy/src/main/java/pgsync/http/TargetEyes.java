package pgsync.http;

import pgsync.status.Status;

/** What the feed sees: the cluster as the node sees it, everything else as the target says. */
final class TargetEyes implements Feed.Eyes {
    private final NodeView node;
    private final Status status;

    TargetEyes(NodeView node, Status status) {
        this.node = node;
        this.status = status;
    }

    @Override
    public News begin() {
        var line = status.lastLine();
        return News.after(line, status.tableNews(Math.max(0, line - News.LATE_LINES)));
    }

    @Override
    public News.Look look(News before) {
        return new News.Look(
                Members.of(node, status.nodes(node.cluster())),
                status.recentRuns(),
                status.tableNews(before.readFrom()));
    }
}
