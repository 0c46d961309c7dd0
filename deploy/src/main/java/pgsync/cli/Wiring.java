package pgsync.cli;

/** What the commands need and the command line does not have: everything that touches a database. */
public record Wiring(Engine engine, Nodes nodes, History history, Demonstration demonstration) {}
