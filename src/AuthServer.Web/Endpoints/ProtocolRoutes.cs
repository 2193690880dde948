namespace AuthServer.Web.Endpoints;

/// <summary>
/// Routes of the endpoints that OpenIddict answers inside <c>UseAuthentication</c>: they give routing the methods (405 for others), CORS
/// and the log level, and never run.
/// </summary>
internal static class ProtocolRoutes
{
    public static IResult AnsweredByOpenIddict() => throw new InvalidOperationException("OpenIddict answers this endpoint.");
}
