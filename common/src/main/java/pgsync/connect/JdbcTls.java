package pgsync.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import pgsync.config.Secret;

/** TLS for pgjdbc, which makes it by this name and hands its properties over. Public for that only. */
public final class JdbcTls extends SSLSocketFactory {
    private static final String MODE = "pgsync.sslmode";

    private final SSLSocketFactory real;

    /** Reads the files anew for each connection, so that renewed certificates count. */
    public JdbcTls(Properties properties) throws IOException, GeneralSecurityException {
        var mode = properties.getProperty(MODE);
        var keyPassword = properties.getProperty("sslpassword");
        var tls = new Tls(
                Arrays.stream(SslMode.values())
                        .filter(m -> m.word().equals(mode))
                        .findFirst()
                        .orElse(SslMode.VERIFY_FULL),
                properties.getProperty("sslrootcert"),
                properties.getProperty("sslcert"),
                properties.getProperty("sslkey"),
                keyPassword == null ? null : new Secret(keyPassword));
        var context = SSLContext.getInstance("TLS");
        var key = ClientKey.of(tls);
        var trust = Trust.of(tls, properties.getProperty("pgsync.host", ""));
        context.init(key == null ? null : new KeyManager[] {key}, new TrustManager[] {trust}, null);
        this.real = context.getSocketFactory();
    }

    /** What the constructor above reads. */
    static void describe(Tls tls, String host, Properties properties) {
        properties.setProperty("sslfactory", JdbcTls.class.getName());
        properties.setProperty(MODE, tls.mode().word());
        properties.setProperty("pgsync.host", host);
        put(properties, "sslrootcert", tls.rootCertificates());
        put(properties, "sslcert", tls.certificate());
        put(properties, "sslkey", tls.key());
        put(
                properties,
                "sslpassword",
                tls.keyPassword() == null ? null : tls.keyPassword().reveal());
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return real.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return real.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return real.createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return real.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return real.createSocket(host, port, local, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return real.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return real.getSupportedCipherSuites();
    }
}
