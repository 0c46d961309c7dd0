package pgsync.cli;

/** What the commands need and the command line does not have: everything that touches a database. */
public record Wiring(
        Engine engine,
        Nodes nodes,
        Clusters clusters,
        Situations situations,
        History history,
        Demonstration demonstration) {}
