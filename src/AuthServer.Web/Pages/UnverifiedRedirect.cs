namespace AuthServer.Web.Pages;

/// <summary>
/// The way to a client that registered itself: the user reads the host, and follows the link or does not (RFC 9700
/// §4.11.2).
/// </summary>
/// <param name="Uri">One of the client's registered URLs.</param>
/// <param name="Link">The URL with what is returned there; null when it can't be a link.</param>
public sealed record UnverifiedRedirect(string Uri, string? Link);
