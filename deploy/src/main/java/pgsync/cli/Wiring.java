package pgsync.cli;

/**
 * What the commands need and the command line does not have: everything that touches a database.
 *
 * @param verifier compares instead of synchronizing
 */
public record Wiring(
        Engine engine,
        Engine verifier,
        Doctor doctor,
        Nodes nodes,
        Clusters clusters,
        Situations situations,
        History history,
        Demonstration demonstration) {}
