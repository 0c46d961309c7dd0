package pgsync.cli;

import pgsync.local.LocalEngine;

/**
 * The product without the check of the fence, as a program for the test that shows what the fence is for. Not packaged, and the product
 * has no setting for it.
 */
public final class UnfencedMain {
    private UnfencedMain() {}

    public static void main(String[] args) {
        Main.run(args, new LocalEngine.Parts(LocalEngine.Parts.REAL.horizons(), (connection, claim) -> true));
    }
}
