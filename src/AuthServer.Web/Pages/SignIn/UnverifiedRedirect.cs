namespace AuthServer.Web.Pages.SignIn;

/// <summary>
/// A redirect to a client that registered itself, which the user follows as a link after reading its host (RFC 9700
/// §4.11.2).
/// </summary>
/// <param name="Uri">One of the client's registered URLs.</param>
/// <param name="Link">The URL with what is returned there; null when it can't be a link.</param>
public sealed record UnverifiedRedirect(string Uri, string? Link);
