namespace AuthServer.Core;

/// <summary>
/// Error that a client can cause, RFC 6749 §5.2. <see cref="Description"/> is for the client, <see cref="Detail"/> only
/// for the log. The endpoint chooses the status code.
/// </summary>
public sealed record OAuthError
{
    private OAuthError(string code, string description) => (Code, Description) = (code, Printable(description));

    public string Code { get; }

    /// <summary>
    /// Characters of RFC 6749 §5.2 only: printable ASCII without the quotation mark and the backslash. Only the reason
    /// of an Action may be in any script.
    /// </summary>
    public string Description { get; private init; }

    public string? Detail { get; private init; }

    /// <summary>
    /// A used code or refresh token was sent again, and its authorization is revoked: an alarm in the audit log.
    /// </summary>
    public bool IsReuse { get; private init; }

    /// <summary>The execution of Actions that decided it, for the log; null without one.</summary>
    public Guid? ExecutionId { get; private init; }

    public OAuthError WithDetail(string detail) => this with { Detail = detail };

    public OAuthError AsReuse() => this with { IsReuse = true };

    /// <summary>An error that OpenIddict found, by its code.</summary>
    public static OAuthError Of(string code, string description) => new(code, description);

    /// <summary>An error that an Action decided, in the words of its administrator.</summary>
    public static OAuthError OfAction(string code, string reason, Guid? executionId) => new(code, "")
    {
        Description = string.Concat(reason.Select(c => char.IsControl(c) ? ' ' : c)),
        ExecutionId = executionId,
    };

    public static OAuthError InvalidRequest(string description) => new("invalid_request", description);
    public static OAuthError InvalidClient(string description) => new("invalid_client", description);
    public static OAuthError InvalidGrant(string description) => new("invalid_grant", description);
    public static OAuthError InvalidScope(string description) => new("invalid_scope", description);
    public static OAuthError UnauthorizedClient(string description) => new("unauthorized_client", description);
    public static OAuthError UnsupportedGrantType(string description) => new("unsupported_grant_type", description);
    public static OAuthError UnsupportedResponseType(string description) =>
        new("unsupported_response_type", description);
    public static OAuthError InvalidTarget(string description) => new("invalid_target", description);
    public static OAuthError AccessDenied(string description) => new("access_denied", description);
    public static OAuthError ServerError(string description) => new("server_error", description);
    public static OAuthError TemporarilyUnavailable(string description) => new("temporarily_unavailable", description);

    /// <summary>OpenID Connect Core §3.1.2.6.</summary>
    public static OAuthError LoginRequired(string description) => new("login_required", description);
    public static OAuthError ConsentRequired(string description) => new("consent_required", description);
    public static OAuthError AccountSelectionRequired(string description) =>
        new("account_selection_required", description);
    public static OAuthError InteractionRequired(string description) => new("interaction_required", description);
    public static OAuthError RequestNotSupported(string description) => new("request_not_supported", description);
    public static OAuthError RequestUriNotSupported(string description) =>
        new("request_uri_not_supported", description);
    public static OAuthError RegistrationNotSupported(string description) =>
        new("registration_not_supported", description);

    /// <summary>RFC 9101 §6 and §7.</summary>
    public static OAuthError InvalidRequestObject(string description) => new("invalid_request_object", description);
    public static OAuthError InvalidRequestUri(string description) => new("invalid_request_uri", description);

    /// <summary>RFC 9449 §5 and §8.</summary>
    public static OAuthError InvalidDpopProof(string description) => new("invalid_dpop_proof", description);
    public static OAuthError UseDpopNonce(string description) => new("use_dpop_nonce", description);

    /// <summary>RFC 6750 §3.1.</summary>
    public static OAuthError InvalidToken(string description) => new("invalid_token", description);
    public static OAuthError InsufficientScope(string description) => new("insufficient_scope", description);

    /// <summary>Auth0's own.</summary>
    public static OAuthError TooManyRequests(string description) => new("too_many_requests", description);
    public static OAuthError EndpointDisabled(string description) => new("endpoint_disabled", description);

    /// <summary>RFC 7591 §3.2.2.</summary>
    public static OAuthError InvalidRedirectUri(string description) => new("invalid_redirect_uri", description);
    public static OAuthError InvalidClientMetadata(string description) => new("invalid_client_metadata", description);

    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = source[i] switch
            {
                '"' or '\\' => '\'',
                >= ' ' and <= '~' => source[i],
                _ => '?',
            };
        }
    });
}
