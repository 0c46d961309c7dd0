package pgsync.task;

/**
 * The number a claim was won with. It grows with every claim and every takeover, so a write that carries an old one finds no
 * row and changes nothing.
 */
public record Fence(long value) {}
