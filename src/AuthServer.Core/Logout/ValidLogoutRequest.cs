using AuthServer.Core.Model;
using AuthServer.Core.Sessions;

namespace AuthServer.Core.Logout;

/// <summary>A logout request whose client, redirect URI and hint are valid (RP-Initiated Logout 1.0 §2).</summary>
/// <param name="Client">The client that is named or that the hint was issued to; null for none.</param>
/// <param name="Hint">The ID token that came as a hint; null without one.</param>
/// <param name="PostLogoutRedirectUri">One of the registered URLs; null when the user stays here.</param>
/// <param name="State">Returned with the redirect.</param>
/// <param name="UiLocales">The languages that the user prefers.</param>
public sealed record ValidLogoutRequest(
    Client? Client, IdTokenHint? Hint, string? PostLogoutRedirectUri, string? State, string? UiLocales);
