using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Authorize;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Http;

/// <summary>Turns what became of an authorization request into HTTP: a redirect, a page that posts itself, or one of our own pages.</summary>
public sealed class AuthorizeAnswer(PendingAuthorizations pending)
{
    private const string SubmitScript = "document.forms[0].submit()";
    private static readonly string SubmitScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(SubmitScript)));

    public IResult For(AuthorizeOutcome outcome) => outcome switch
    {
        AuthorizeOutcome.Respond(var response) => For(response),
        AuthorizeOutcome.Interact(var interaction, var waiting) => RedirectTo(PageFor(interaction, waiting)),
        AuthorizeOutcome.ShowError(var error) => new ErrorPageResult(error),
        _ => throw new InvalidOperationException("An outcome that nobody answers."),
    };

    /// <summary>302 as the documents say (A17); after a POST 303, so that a form never becomes another POST with the password in it (RFC 9700 §4.12).</summary>
    public static IResult RedirectTo(string location) => new RedirectResult(location);

    /// <summary>The path at which the waiting request goes on.</summary>
    public string ResumePath(PendingAuthorization waiting) => "/authorize/resume?state=" + pending.Seal(waiting);

    public IResult For(AuthorizeResponse response) => response.Mode switch
    {
        ResponseMode.Query => RedirectTo(QueryHelpers.AddQueryString(response.RedirectUri, response.Parameters!)),
        ResponseMode.Fragment => RedirectTo(response.RedirectUri + "#" + QueryHelpers.AddQueryString("", response.Parameters!)[1..]),
        ResponseMode.WebMessage => new WebMessageResult(response),
        _ => new FormPostResult(response),
    };

    private string PageFor(Interaction interaction, PendingAuthorization waiting)
    {
        var page = interaction switch
        {
            Interaction.Signup => "/u/signup",
            Interaction.ResetPassword => "/u/reset-password/request",
            Interaction.Consent => "/u/consent",
            Interaction.Provider => "/u/login/provider",
            Interaction.Organization => "/u/organization",
            Interaction.Invitation => "/u/invitation",
            _ => "/u/login",
        };
        return $"{page}?state={pending.Seal(waiting)}";
    }

    private sealed class RedirectResult(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = HttpMethods.IsGet(httpContext.Request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }

    /// <summary>OAuth 2.0 Form Post Response Mode; the button is for browsers without JavaScript.</summary>
    private sealed class FormPostResult(AuthorizeResponse response) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head><body>");
            html.Append("<form method=\"post\" action=\"").Append(WebUtility.HtmlEncode(response.RedirectUri)).Append("\">");
            foreach (var (name, value) in response.Parameters)
                html.Append("<input type=\"hidden\" name=\"").Append(WebUtility.HtmlEncode(name)).Append("\" value=\"").Append(WebUtility.HtmlEncode(value)).Append("\">");
            html.Append("<noscript><button type=\"submit\">Continue</button></noscript></form><script>").Append(SubmitScript).Append("</script></body></html>");

            httpContext.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'sha256-{SubmitScriptHash}'; base-uri 'none'; frame-ancestors 'none'";
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            return httpContext.Response.WriteAsync(html.ToString());
        }
    }
}
