using AuthServer.Core.Authorize;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Web.Branding;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.SignIn;

public sealed class ConsentModel(InteractionParts parts, ConsentTickets tickets) : InteractionPage(parts)
{
    public const string TicketField = "ticket";

    public string Account =>
        DisplayText.Of(SignedIn!.User.Email ?? SignedIn.User.Username ?? SignedIn.User.Name ?? SignedIn.User.UserId);

    /// <summary>The host that receives the answer; <see cref="RecipientLinks"/> for an installed application.</summary>
    public string Recipient => DisplayText.RecipientOf(Authorization.RedirectUri!);

    /// <summary>How the links of the installed application begin that receives the answer; null for a host.</summary>
    public string? RecipientLinks => DisplayText.LinksOf(Authorization.RedirectUri!);

    public bool Unverified => !Authorization.Client.IsFirstParty;

    public bool Offline => Authorization.Scopes.Contains("offline_access");

    public string? ApiName => Authorization.Api is { } api ? DisplayText.Of(api.DisplayName) : null;

    /// <summary>Whole hours, at least one.</summary>
    public int Hours => Math.Max(1, AccessTokenLifetime.Of(Authorization.Api) / 3600);

    /// <summary>This server's own scopes; each has a text of this server.</summary>
    public IEnumerable<string> OwnScopes =>
        Authorization.Disclosed.Where(scope =>
            Core.Scopes.Standard.Contains(scope) && scope != "offline_access" && !IsOfTheApi(scope));

    /// <summary>The API's scopes, in its own words where it has some and the tenant wants them.</summary>
    public IEnumerable<string> ApiScopes =>
        Authorization.Scopes.Where(IsOfTheApi).Select(scope => DisplayText.Of(DescriptionOf(scope) ?? scope));

    public string Ticket => tickets.Issue(SignedIn!.Session.Id, Handle);

    public IActionResult OnGet() => Due(consentIsCovered: false) is Interaction.Consent ? Page() : Resume(Pending);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        // Only the user who read the page can consent: when another account has signed in meanwhile, the page starts
        // again.
        if (SignedIn is null
            || !tickets.IsFor(Request.Posted(TicketField), SignedIn.Session.Id, Handle)
            || Due(consentIsCovered: false) is not Interaction.Consent)
            return Resume(Pending);
        return Request.Posted("action") switch
        {
            "allow" => await AllowAsync(SignedIn, ct),
            "deny" => await DenyAsync(),
            "another" => Resume(Pending.ForAnother(Now)),
            _ => Page(),
        };
    }

    private async Task<IActionResult> AllowAsync(SignedIn signedIn, CancellationToken ct)
    {
        var agreed = await Handler.ConsentAsync(Authorization, Pending, signedIn, Now, ct);
        await RecordAsync(
            LogEventTypes.ApiOperation,
            new LogEvent
            {
                Description = "Consent to an application",
                Audience = Authorization.Audience,
                Scope = string.Join(' ', Authorization.Disclosed),
            }.By(signedIn.User));
        return Resume(agreed);
    }

    private string? DescriptionOf(string scope)
    {
        var isUsed = Authorization.Tenant.Settings.Flag(TenantFlags.UseScopeDescriptionsForConsent);
        var known = Authorization.Api!.Scopes.First(known => known.Value == scope);
        return isUsed && known.Description is { Length: > 0 } words ? words : null;
    }

    private bool IsOfTheApi(string scope) =>
        !Core.Scopes.Standard.Contains(scope) && Authorization.Api?.Defines(scope) == true;
}
