using System.Globalization;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Web.Areas.Dashboard.Pages;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Http;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>What every page of the dashboard works with.</summary>
internal sealed record DashboardServices(ManagementOperations Operations, ISecretBox Box, TimeProvider Time);

/// <summary>
/// A page of the dashboard. It shows and does what its user could at <c>/api/v2</c> with the same scopes, by the same
/// services.
/// </summary>
internal abstract class DashboardPage(DashboardServices services) : PageModel
{
    private const int PageSize = 25;
    private const int MaxPage = 100_000;

    public Administrator Administrator => HttpContext.Features.GetRequiredFeature<Administrator>();

    public ManagementPrincipal Principal => Administrator.Principal;

    /// <summary>Whether the login is recent enough for secrets, keys and administrators.</summary>
    public bool HasSignedInRecently => Administrator.HasSignedInRecently(Now);

    /// <summary>Where the user signs in again, to come back to this page.</summary>
    public string SignInAgainPath => DashboardApplication.SignInPath
        + QueryString.Create("returnTo", Request.Path).Add("recent", "true");

    /// <summary>The key of what was done on the way here; null for nothing.</summary>
    public string? Done => Request.Query["done"] is [{ } done] ? "Dashboard.Done." + done : null;

    /// <summary>Why the operation was refused that a button of this page asked for.</summary>
    public ManagementError? Error { get; protected set; }

    /// <summary>For what is shown and not revealed.</summary>
    protected ManagementPrincipal WithoutSecrets =>
        Principal with { Scopes = Scopes.Of(Principal.Scopes.Where(scope => scope != "read:client_keys")) };

    protected DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>The page of a list that the query names, from 0.</summary>
    protected Paging Paging =>
        Paging.WithTotals(
            int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var page)
                ? Math.Clamp(page, 0, MaxPage)
                : 0,
            PageSize,
            services.Box);

    /// <summary>What there are only a few of, on one page.</summary>
    protected Paging Everything => Paging.WithTotals(0, size: 1_000, services.Box);

    /// <summary>Whether the user may perform an operation of <c>/api/v2</c>.</summary>
    /// <param name="operation">Method and route, such as <c>PATCH /api/v2/clients/{id}</c>.</param>
    public bool May(string operation) => services.Operations.Allows(Principal, operation);

    /// <summary>A resource that is gone is a page that does not exist.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        if (executed.Exception is not ManagementException { Error: var error })
            return;
        executed.ExceptionHandled = true;
        executed.Result = error.Status == StatusCodes.Status404NotFound
            ? NotFound()
            : new PageErrorResult(new PageError(PageErrorKind.General));
    }

    /// <summary>Performs an operation of <c>/api/v2</c>, and records it as <c>/api/v2</c> does.</summary>
    /// <param name="operation">Method and route, such as <c>PATCH /api/v2/clients/{id}</c>.</param>
    /// <param name="perform">The call of the resource's service.</param>
    /// <param name="ids">The values of the route's parameters, in order.</param>
    /// <returns>Why it was refused; null when it was performed.</returns>
    protected async Task<ManagementError?> PerformAsync(string operation, Func<Task> perform, params string[] ids)
    {
        try
        {
            services.Operations.EnsureAllowed(Principal, operation);
            await perform();
        }
        catch (Exception refused) when (ManagementGuard.ErrorOf(refused, HttpContext) is { } error)
        {
            await RecordAsync(operation, error.Status, ids);
            return error;
        }

        await RecordAsync(operation, StatusCodes.Status200OK, ids);
        return null;
    }

    /// <summary>Records an operation in the audit log.</summary>
    protected Task RecordAsync(string operation, int status, params string[] ids)
    {
        var space = operation.IndexOf(' ', StringComparison.Ordinal);
        var (method, route) = (operation[..space], operation[(space + 1)..]);
        var rest = new Queue<string>(ids);
        var path = string.Join('/', route.Split('/').Select(part => part.StartsWith('{') ? rest.Dequeue() : part));
        return ManagementEvents.RecordAsync(HttpContext, Principal, method, route, path, status);
    }

    /// <summary>Answers with the page that names the roles which allow an operation, and records the attempt.</summary>
    protected async Task<IActionResult> ForbiddenAsync(string operation, params string[] ids)
    {
        await RecordAsync(operation, StatusCodes.Status403Forbidden, ids);
        return Forbidden(operation);
    }

    /// <summary>Answers so to a form that asks for no change, which is no attempt.</summary>
    protected IActionResult Forbidden(string operation)
    {
        HttpContext.Items[ForbiddenModel.Required] = services.Operations.ScopesOf(operation);
        return new ForbidResult(DashboardAuthentication.Scheme);
    }

    protected IActionResult To(string path) => new EndpointResult(Redirects.To(path));
}
