using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages;

public enum PageErrorKind
{
    General,

    /// <summary>The application's request is wrong; its own words say how.</summary>
    Request,
    Expired,

    /// <summary>A pushed request that was answered already, or that has expired.</summary>
    Ended,
    Forged,
    NotFound,
    WrongMethod,
    Broken,
    Unavailable,

    /// <summary>More passwords wait to be hashed than can be in reasonable time.</summary>
    Busy,
    TooMany,

    /// <summary>The identity provider does not answer, or gives no answer.</summary>
    ProviderDown,

    /// <summary>The identity provider refused, or its user did.</summary>
    ProviderRefused,

    /// <summary>The identity provider's answer does not pass the checks.</summary>
    ProviderUntrusted,

    /// <summary>The user was blocked by an administrator, or the connection was disabled meanwhile.</summary>
    ProviderClosed,
}

/// <summary>
/// Contents of the error page. Stored in the request's items, never in a URL, which an attacker could write.
/// </summary>
public sealed record PageError(PageErrorKind Kind)
{
    public static readonly object Key = new();

    /// <summary>The protocol's error, for the developer of the application.</summary>
    public OAuthError? Cause { get; init; }

    /// <summary>An error of the request itself: what the person can do differs when it was a good one once.</summary>
    public static PageError OfRequest(OAuthError cause) =>
        new(cause.Code == "invalid_request_uri" ? PageErrorKind.Ended : PageErrorKind.Request) { Cause = cause };

    /// <summary>A form that was not processed: the page that has it is the way on.</summary>
    public static PageError OfForm(PageErrorKind kind, HttpRequest request) =>
        new(kind) { WayOn = request.Path + request.QueryString };

    /// <summary>The application that the browser was not redirected to; null when there is none.</summary>
    public ErrorPageApplication? Application { get; init; }

    /// <summary>Path of this server where the user can continue.</summary>
    public string? WayOn { get; init; }

    public static PageErrorKind KindOf(ProviderFailure failure) => failure switch
    {
        ProviderFailure.Down => PageErrorKind.ProviderDown,
        ProviderFailure.Refused => PageErrorKind.ProviderRefused,
        _ => PageErrorKind.ProviderUntrusted,
    };

    public int Status => Kind switch
    {
        PageErrorKind.NotFound => StatusCodes.Status404NotFound,
        PageErrorKind.WrongMethod => StatusCodes.Status405MethodNotAllowed,
        PageErrorKind.Broken => StatusCodes.Status500InternalServerError,
        PageErrorKind.Unavailable or PageErrorKind.Busy => StatusCodes.Status503ServiceUnavailable,
        PageErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };
}

/// <summary>Answers a page's request with the error page.</summary>
internal sealed class PageErrorResult(PageError error) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = error.Status;
        return context
            .HttpContext.RequestServices.GetRequiredService<ErrorPage>()
            .DrawAsync(context.HttpContext, error);
    }
}

/// <summary>Answers a page's request with what the endpoints answer.</summary>
internal sealed class EndpointResult(IResult result) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}
