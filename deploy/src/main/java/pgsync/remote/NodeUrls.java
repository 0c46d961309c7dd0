package pgsync.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pgsync.config.InvalidConfig;
import pgsync.config.Secret;

/** Where nodes of one cluster serve HTTP: at least one, without a slash at the end, in the order they are asked. */
public record NodeUrls(List<URI> urls) {
    private static final String ALLOWED =
            "http://host:port or https://host:port of a node, comma list for several nodes";

    public NodeUrls {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new InvalidConfig("-cluster", "empty", ALLOWED);
        }
    }

    /** Throws {@link InvalidConfig} that names the first address that is none. */
    public static NodeUrls parse(String commaList) {
        var urls = new ArrayList<URI>();
        for (var entry : commaList.split(",", -1)) {
            urls.add(url(entry.strip()));
        }
        return new NodeUrls(urls);
    }

    private static URI url(String text) {
        try {
            var url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (isNode(url)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one error that says what is allowed.
        }
        throw new InvalidConfig("-cluster", text.isEmpty() ? "empty" : Secret.maskIn(text), ALLOWED);
    }

    // A path is allowed: a proxy may serve a cluster below one. A user is not: the token has settings of its own, and
    // an
    // address is shown to everybody.
    private static boolean isNode(URI url) {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && !url.getHost().isEmpty()
                && url.getPort() <= 65_535
                && url.getPort() != 0
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }
}
