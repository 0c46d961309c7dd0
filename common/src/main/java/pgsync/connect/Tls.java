package pgsync.connect;

import org.jspecify.annotations.Nullable;
import pgsync.config.Secret;

/**
 * TLS as a connection string asks for it, with every default filled in.
 *
 * @param rootCertificates PEM file of trusted roots, {@code system} for the JVM's own, null when nothing is verified
 * @param certificate PEM file of the client certificate and its chain, null for none
 * @param key PEM file of the client's private key
 * @param keyPassword of an encrypted key
 */
record Tls(
        SslMode mode,
        @Nullable String rootCertificates,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable Secret keyPassword) {
    static final String SYSTEM = "system";

    /** libpq: {@code require} with a root certificate at hand verifies like {@code verify-ca}. */
    boolean verifiesChain() {
        return switch (mode) {
            case DISABLE, ALLOW, PREFER -> false;
            case REQUIRE -> rootCertificates != null;
            case VERIFY_CA, VERIFY_FULL -> true;
        };
    }

    boolean verifiesHost() {
        return mode == SslMode.VERIFY_FULL;
    }
}
