using System.Collections.Frozen;
using AuthServer.Core;
using AuthServer.Core.Authorize;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// OpenIddict's errors by their identifiers, in the codes and words of Auth0: the decision is OpenIddict's, the text
/// this table's. Errors that are not listed keep OpenIddict's words.
/// </summary>
internal static class ErrorTexts
{
    private delegate OAuthError Text(Failure failure);

    /// <summary>An error of OpenIddict's.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Description">Its words.</param>
    /// <param name="Name">The first name that they quote, mostly a parameter; empty when there is none.</param>
    /// <param name="Request">The request; null when it was not read.</param>
    /// <param name="Endpoint">Endpoint of the error.</param>
    private sealed record Failure(
        string Code, string Description, string Name, OpenIddictRequest? Request, OpenIddictServerEndpointType Endpoint)
    {
        /// <summary>The client is a third party with the strict rules.</summary>
        public bool IsStrict { get; init; }
    }

    private static readonly FrozenDictionary<string, Text> ById = new Dictionary<string, Text>(StringComparer.Ordinal)
    {
        ["ID2001"] = InvalidGrant,
        ["ID2003"] = InvalidGrant,
        ["ID2004"] = InvalidGrant,
        ["ID2016"] = InvalidGrant,
        ["ID2018"] = InvalidGrant,
        ["ID2020"] = InvalidGrant,
        ["ID2022"] = InvalidGrant,
        ["ID2029"] = MissingParameter,
        ["ID2032"] = NotSupported,
        ["ID2033"] = _ => OAuthError.InvalidRequest("response_mode=query is not allowed for a response with tokens"),
        ["ID2037"] = _ => FailedAuthentication,
        ["ID2043"] = GrantTypeNotAllowed,
        ["ID2052"] = Invalid,
        ["ID2053"] = _ => FailedAuthentication,
        ["ID2054"] = RequirementNotMet,
        ["ID2055"] = _ => FailedAuthentication,
        ["ID2057"] = _ => FailedAuthentication,
        ["ID2059"] = MissingCredentials,
        ["ID2064"] = GrantTypeNotAllowed,
        ["ID2069"] = InvalidGrant,
        ["ID2071"] = InvalidGrant,
        ["ID2073"] = _ => WrongVerifier,
        ["ID2074"] = NotAllowedHere,
        ["ID2087"] = _ => OAuthError.InvalidRequest("More than one way of client authentication was used"),
        ["ID2182"] = RequirementNotMet,
        ["ID2198"] = _ => FailedAuthentication,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static OAuthError FailedAuthentication => OAuthError.InvalidClient("Client authentication failed");

    private static OAuthError WiderScope =>
        OAuthError.InvalidScope("The requested scope exceeds the scope originally granted.");

    private static OAuthError WrongVerifier => OAuthError.InvalidGrant("Failed to verify code verifier");

    /// <summary>The error of a response in the words of this server.</summary>
    public static OAuthError Translate(OpenIddictServerTransaction transaction)
    {
        var response = transaction.Response!;
        if (transaction.Error is { } own && own.Code == response.Error)
            return own;
        var description = response.ErrorDescription ?? "";
        if (response.Error == Errors.InvalidToken && InvalidToken(transaction.EndpointType) is { } invalid)
            return invalid.WithDetail(description);
        var failure = new Failure(
            response.Error!, description, Quoted(description), transaction.Request, transaction.EndpointType)
        {
            IsStrict = transaction.Client is { IsStrict: true },
        };
        return ErrorIds.Of(response.ErrorUri) is { } id && ById.TryGetValue(id, out var text)
            ? text(failure)
            : OAuthError.Of(failure.Code, description);
    }

    /// <summary>Every error of a token; null where only the endpoint's own words fit.</summary>
    private static OAuthError? InvalidToken(OpenIddictServerEndpointType endpoint) => endpoint switch
    {
        OpenIddictServerEndpointType.UserInfo =>
            OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint"),
        _ => null,
    };

    private static OAuthError InvalidGrant(Failure failure) => failure.Endpoint switch
    {
        OpenIddictServerEndpointType.Token when failure.Request?.IsRefreshTokenGrantType() == true =>
            OAuthError.InvalidGrant("Unknown or invalid refresh token."),
        OpenIddictServerEndpointType.Token => OAuthError.InvalidGrant("Invalid authorization code"),
        _ => OAuthError.Of(failure.Code, failure.Description),
    };

    private static OAuthError MissingParameter(Failure failure) => failure switch
    {
        { Name: Parameters.CodeVerifier } => WrongVerifier,
        { Name: Parameters.ClientId, Endpoint: not OpenIddictServerEndpointType.Authorization } =>
            OAuthError.InvalidClient("Client authentication is required"),
        _ => OAuthError.InvalidRequest($"Missing required parameter: {failure.Name}"),
    };

    private static OAuthError MissingCredentials(Failure failure)
    {
        var missing = string.IsNullOrEmpty(failure.Request?.Username) ? Parameters.Username : Parameters.Password;
        return OAuthError.InvalidRequest($"Missing required parameter: {missing}");
    }

    private static OAuthError NotSupported(Failure failure) => failure.Name switch
    {
        Parameters.GrantType =>
            OAuthError.UnsupportedGrantType($"Unsupported grant type: {failure.Request?.GrantType}"),
        Parameters.ClientAssertionType => FailedAuthentication,
        Parameters.ResponseType =>
            OAuthError.UnsupportedResponseType($"Unsupported response type: {failure.Request?.ResponseType}"),
        Parameters.ResponseMode =>
            OAuthError.InvalidRequest(
                $"Unsupported response_mode. Supported: {string.Join(", ", AuthorizeVocabulary.ResponseModes)}"),
        Parameters.Prompt => OAuthError.InvalidRequest($"Unsupported prompt: {failure.Request?.Prompt}"),
        _ => OAuthError.Of(failure.Code, failure.Description),
    };

    private static OAuthError GrantTypeNotAllowed(Failure failure) => failure switch
    {
        { Name: Parameters.ResponseType, IsStrict: true } =>
            OAuthError.UnsupportedResponseType("This client may only use the response type code"),
        { Name: Parameters.ResponseType } => OAuthError.UnauthorizedClient(
            $"Response type '{failure.Request?.ResponseType}' not allowed for the client."),
        _ => OAuthError.UnauthorizedClient($"Grant type '{failure.Request?.GrantType}' not allowed for the client."),
    };

    private static OAuthError NotAllowedHere(Failure failure) => failure.Name switch
    {
        Parameters.RequestUri => OAuthError.InvalidRequest("request_uri must not be pushed"),
        Parameters.Scope => WiderScope,
        _ => OAuthError.Of(failure.Code, failure.Description),
    };

    private static OAuthError RequirementNotMet(Failure failure) => failure.Name == Parameters.RequestUri
        ? OAuthError.InvalidRequest("This request has to be pushed (RFC 9126)")
        : MissingParameter(failure);

    private static OAuthError Invalid(Failure failure) => (failure.Name, failure.Endpoint) switch
    {
        (Parameters.CodeVerifier, _) => WrongVerifier,
        (Parameters.ClientId, OpenIddictServerEndpointType.Authorization or OpenIddictServerEndpointType.EndSession) =>
            OAuthError.InvalidRequest($"Unknown client: {failure.Request?.ClientId}"),
        (Parameters.ClientId, _) => FailedAuthentication,
        (Parameters.Prompt, _) => OAuthError.InvalidRequest("prompt=none can't be combined with another prompt"),
        (Parameters.Scope, OpenIddictServerEndpointType.Token) => WiderScope,
        _ => OAuthError.Of(failure.Code, failure.Description),
    };

    private static string Quoted(string description) => description.Split('\'') is [_, var name, ..] ? name : "";
}
