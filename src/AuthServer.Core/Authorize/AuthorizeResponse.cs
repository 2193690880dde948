namespace AuthServer.Core.Authorize;

/// <summary>An answer for the client, success or error; with <c>iss</c> always (RFC 9207).</summary>
/// <param name="RedirectUri">Registered, and checked before anything else was.</param>
/// <param name="Mode">Where the parameters go.</param>
/// <param name="Parameters">Names and values, not yet encoded.</param>
public sealed record AuthorizeResponse(string RedirectUri, ResponseMode Mode, IReadOnlyList<KeyValuePair<string, string>> Parameters);
