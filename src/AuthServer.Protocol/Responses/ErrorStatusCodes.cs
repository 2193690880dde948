using AuthServer.Core;
using Microsoft.AspNetCore.Http;

namespace AuthServer.Protocol.Responses;

/// <summary>
/// The one place where an <see cref="OAuthError"/> gets a status code (RFC 6749 §5.2, RFC 6750 §3.1;
/// docs/requirements.md#post-oauthtoken).
/// </summary>
public static class ErrorStatusCodes
{
    public static int Of(OAuthError error) => error.Code switch
    {
        "invalid_client" or "invalid_token" => StatusCodes.Status401Unauthorized,
        "access_denied" or "insufficient_scope" => StatusCodes.Status403Forbidden,
        "too_many_requests" => StatusCodes.Status429TooManyRequests,
        "endpoint_disabled" => StatusCodes.Status404NotFound,
        "server_error" => StatusCodes.Status500InternalServerError,
        "temporarily_unavailable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
