using System.Net.Sockets;

namespace AuthServer.Web.OutgoingHttp;

/// <summary>A URL of another party was not allowed, or did not answer within the limits.</summary>
/// <param name="code">The name of the cause: Node.js's, as far as it has one.</param>
/// <param name="message">The cause in words.</param>
public sealed class FetchException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <param name="uri">What was requested.</param>
    /// <param name="failure">Why the request or its answer broke off.</param>
    public static FetchException Of(Uri uri, Exception failure)
    {
        if (failure is OperationCanceledException)
            return new FetchException("ETIMEDOUT", $"{uri.Host} did not answer in time");
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is FetchException known)
                return known;
            if (cause is SocketException socket)
                return Of(uri, socket.SocketErrorCode);
        }

        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new FetchException(
                "EPROTO", $"The TLS connection to {uri.Host} failed"),
            _ => new FetchException("ECONNRESET", $"The connection to {uri.Host} broke off"),
        };
    }

    private static FetchException Of(Uri uri, SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData => new("ENOTFOUND", $"getaddrinfo ENOTFOUND {uri.Host}"),
        SocketError.TryAgain => new("EAI_AGAIN", $"getaddrinfo EAI_AGAIN {uri.Host}"),
        SocketError.ConnectionRefused => new("ECONNREFUSED", $"connect ECONNREFUSED {uri.Authority}"),
        SocketError.TimedOut => new("ETIMEDOUT", $"connect ETIMEDOUT {uri.Authority}"),
        SocketError.HostUnreachable => new("EHOSTUNREACH", $"connect EHOSTUNREACH {uri.Authority}"),
        SocketError.NetworkUnreachable => new("ENETUNREACH", $"connect ENETUNREACH {uri.Authority}"),
        _ => new("ECONNRESET", $"The connection to {uri.Host} broke off"),
    };
}
