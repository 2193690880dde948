using System.Globalization;
using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <content>The checks that take more than a line.</content>
public static partial class ClientMetadataRules
{
    private const int MaxNameLength = 1024;
    private const int MaxUris = 100;
    private const int MaxContacts = 10;
    private const int MaxContactLength = 254;

    private static string? Callbacks(Client client) =>
        Each(client.Callbacks, uri => ClientUris.Callback(uri, RedirectUris.MayUseShortSchemes(client)));

    private static string? LogoutUrls(Client client) =>
        Each(client.AllowedLogoutUrls, url => ClientUris.Logout(url, RedirectUris.MayUseShortSchemes(client)));

    /// <summary>
    /// Users decide by the name: no invisible characters, none that change the direction of the text.
    /// </summary>
    private static string? Name(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => "must not be empty",
        { Length: > MaxNameLength } => $"must have at most {MaxNameLength} characters",
        _ when name.Any(IsInvisible) =>
            "must not have control or invisible characters",
        _ => null,
    };

    private static string? Contacts(IReadOnlyList<string> contacts) => contacts switch
    {
        { Count: > MaxContacts } => $"must have at most {MaxContacts} entries",
        _ when contacts.Any(contact => contact.Length is 0 or > MaxContactLength || contact.Any(IsInvisible)) =>
            $"must have entries of 1 to {MaxContactLength} characters, none of them invisible",
        _ => null,
    };

    private static bool IsInvisible(char character) =>
        char.IsControl(character)
        || char.GetUnicodeCategory(character)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string? Each(IReadOnlyList<string> uris, Func<string, string?> check) =>
        uris.Count > MaxUris
            ? $"must have at most {MaxUris} entries"
            : uris.Select(uri => check(uri) is { } reason ? $"{(uri.Length > 200 ? uri[..200] : uri)} {reason}" : null)
                .FirstOrDefault(reason => reason is not null);

    /// <summary>
    /// Front-Channel Logout §2: scheme, host and port of a callback, so that a client can't have another site's pages
    /// framed.
    /// </summary>
    private static string? FrontchannelLogoutUri(Client client)
    {
        if (client.FrontchannelLogoutUri is not { } uri)
            return null;
        return ClientUris.WebWithoutFragment(uri)
            ?? (
                client.Callbacks.Any(callback => ClientUris.SameOrigin(callback, uri))
                    ? null
                    : "must have the scheme, host and port of a callback");
    }

    /// <summary>RFC 6749 §4.4: the client credentials grant is only for confidential clients.</summary>
    private static string? PublicClientsHaveNoOwnTokens(Client client) =>
        client.IsPublic && client.AllowsGrantType("client_credentials")
            ? "must not have client_credentials while token_endpoint_auth_method is none"
            : null;

    /// <summary>
    /// OpenID Connect Core §10.1: an HMAC needs a secret, which only some confidential clients share with us.
    /// </summary>
    private static string? IdTokenAlgorithm(Client client) =>
        client.IdTokenAlgorithm switch
        {
            Algorithms.Rs256 => null,
            Algorithms.Hs256 when client.HasSecret => null,
            Algorithms.Hs256 =>
                $"HS256 needs a client with a secret; token_endpoint_auth_method is {client.TokenEndpointAuthMethod}",
            var other => $"is not supported: {other}; use RS256 or HS256",
        };

    /// <summary>OpenID Connect Core §8.1.</summary>
    private static string? SectorIsOneHost(Client client) =>
        client.SubjectType == SubjectTypes.Pairwise && Users.SubjectIdentifier.SectorOf(client) is null
            ? "is needed while subject_type is pairwise and the callbacks are not all on one host"
            : null;

    private static string? Lifetime(int seconds) =>
        seconds is >= 1 and <= 157_788_000 ? null : "must be between 1 and 157788000";

    private static string? IdleFitsIntoAbsolute(RefreshTokenPolicy policy) =>
        policy.Expiring
        && !policy.InfiniteTokenLifetime
        && !policy.InfiniteIdleTokenLifetime
        && policy.IdleTokenLifetime > policy.TokenLifetime
            ? "must not be longer than token_lifetime"
            : null;
}
