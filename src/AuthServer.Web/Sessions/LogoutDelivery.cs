using AuthServer.Web.OutgoingHttp;

namespace AuthServer.Web.Sessions;

/// <summary>Posts a logout token to a client. In Development a client on this machine is reached too.</summary>
public sealed class LogoutDelivery(ILogger<SsrfSafeFetcher> log, IHostEnvironment environment) : IDisposable
{
    private readonly SsrfSafeFetcher fetcher = new(log, allowLoopback: environment.IsDevelopment());

    /// <returns>Whether the client took it (OpenID Connect Back-Channel Logout 1.0 §2.8).</returns>
    public async Task<bool> PostAsync(string uri, string logoutToken, CancellationToken ct) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var target)
        && await fetcher.PostAsync(
            target, new Dictionary<string, string>(StringComparer.Ordinal) { ["logout_token"] = logoutToken }, ct);

    public void Dispose() => fetcher.Dispose();
}
