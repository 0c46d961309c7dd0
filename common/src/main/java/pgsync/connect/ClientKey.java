package pgsync.connect;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The one client certificate, sent whatever issuers the server lists, as libpq does; then the server says what is wrong with it. */
final class ClientKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final X509Certificate[] certificates;
    private final PrivateKey key;

    private ClientKey(X509Certificate[] certificates, PrivateKey key) {
        this.certificates = certificates;
        this.key = key;
    }

    /** Null when the connection string has none. */
    static @Nullable ClientKey of(Tls tls) throws IOException, GeneralSecurityException {
        if (tls.certificate() == null || tls.key() == null) {
            return null;
        }
        var certificates = PemFiles.certificates(Path.of(tls.certificate()));
        return new ClientKey(
                certificates.toArray(new X509Certificate[0]),
                PemFiles.privateKey(Path.of(tls.key()), tls.keyPassword()));
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return certificates.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
