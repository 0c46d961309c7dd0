package pgsync.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import pgsync.testground.Oracle;
import pgsync.testground.TestServer;
import pgsync.testground.TestServers;

/** Two fresh databases for a process to work between. {@link #close} drops both. */
record Ground(TestServer sourceServer, String source, TestServer targetServer, String target) implements AutoCloseable {
    static Ground fresh() {
        return between(TestServers.shared(TestServers.DEFAULT_MAJOR), TestServers.shared(TestServers.DEFAULT_MAJOR));
    }

    static Ground between(TestServer source, TestServer target) {
        return new Ground(source, source.freshDatabase("from"), target, target.freshDatabase("to"));
    }

    Ground onSource(String... sql) {
        sourceServer.sql(source, sql);
        return this;
    }

    Ground onTarget(String... sql) {
        targetServer.sql(target, sql);
        return this;
    }

    Ground onBoth(String... sql) {
        return onSource(sql).onTarget(sql);
    }

    Product sync(String... arguments) {
        return Product.sync(sourceServer.url(source), targetServer.url(target), arguments);
    }

    long countOnTarget(String query) {
        return targetServer.count(target, query);
    }

    List<String> onSourceColumn(String query) {
        return sourceServer.column(source, query).stream().map(String::valueOf).toList();
    }

    List<String> onTargetColumn(String query) {
        return targetServer.column(target, query).stream().map(String::valueOf).toList();
    }

    boolean onTargetIs(String query) {
        return "t".equals(targetServer.value(target, query));
    }

    void assertEqual() {
        var found = Oracle.compare(sourceServer, source, targetServer, target);
        assertThat(found.equal()).as(found.toString()).isTrue();
    }

    @Override
    public void close() {
        sourceServer.dropDatabase(source);
        targetServer.dropDatabase(target);
    }
}
