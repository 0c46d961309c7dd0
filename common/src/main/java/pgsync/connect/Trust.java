package pgsync.connect;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What libpq checks of a server's certificate, the same for both drivers: nothing, its chain, or chain and host name. */
final class Trust extends X509ExtendedTrustManager {
    private final @Nullable X509TrustManager chain;
    private final @Nullable String host;
    private volatile @Nullable String objection;

    private Trust(@Nullable X509TrustManager chain, @Nullable String host) {
        this.chain = chain;
        this.host = host;
    }

    static Trust of(Tls tls, String host) throws IOException, GeneralSecurityException {
        return new Trust(tls.verifiesChain() ? chain(tls) : null, tls.verifiesHost() ? host : null);
    }

    private static X509TrustManager chain(Tls tls) throws IOException, GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var root = tls.rootCertificates();
        if (root == null || root.equals(Tls.SYSTEM)) {
            factory.init((KeyStore) null);
        } else {
            var roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int number = 0;
            for (var certificate : PemFiles.certificates(Path.of(root))) {
                roots.setCertificateEntry("root" + number++, certificate);
            }
            factory.init(roots);
        }
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this JVM cannot verify X.509 certificates"));
    }

    /** Why the server's certificate was refused, null when it was not; drivers may lose the reason on its way up. */
    @Nullable
    String objection() {
        return objection;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        try {
            if (chain != null) {
                chain.checkServerTrusted(certificates, authType);
            }
            if (host != null && !HostName.matches(host, certificates[0])) {
                throw new CertificateException("server certificate does not match host name \"" + host + "\"");
            }
        } catch (CertificateException e) {
            objection = Refusal.deepestWords(e);
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(certificates, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(certificates, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType) throws CertificateException {
        throw new CertificateException("we are never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain == null ? new X509Certificate[0] : chain.getAcceptedIssuers();
    }
}
