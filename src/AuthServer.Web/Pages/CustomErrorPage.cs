using AuthServer.Core;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Pages;

/// <summary>The tenant's own page for errors that no client may be told; Auth0's <c>error_page.url</c>.</summary>
internal sealed record CustomErrorPage(string Url)
{
    /// <returns>Null for a tenant that has none.</returns>
    public static CustomErrorPage? Find(HttpContext http) =>
        http.RequestServices.GetRequiredService<CurrentTenant>().TenantIfFound?.Settings.ErrorPageUrl is { } url
            ? new CustomErrorPage(url)
            : null;

    /// <summary>The page with Auth0's parameters: what is known of the request, and the error.</summary>
    public string LocationOf(HttpContext http, OAuthError error)
    {
        var request = http.Request.Query;
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = request["client_id"],
            ["connection"] = request["connection"],
            ["lang"] = PageLanguage.For(http).Name,
            ["error"] = error.Code,
            ["error_description"] = error.Description,
            ["tracking"] = http.TraceIdentifier,
        };
        return QueryHelpers.AddQueryString(
            Url, parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)));
    }
}
