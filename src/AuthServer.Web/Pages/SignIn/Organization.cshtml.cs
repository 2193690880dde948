using AuthServer.Core.Authorize;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.SignIn;

/// <summary>
/// Asks for the organization's name before the login, or for one of the user's own after it. No page lists other
/// organizations.
/// </summary>
public sealed class OrganizationModel(InteractionParts parts, IOrganizationStore organizations) : InteractionPage(parts)
{
    public const string Field = "organization";

    /// <summary>The name is typed: the user is not identified yet.</summary>
    public bool AsksForName => Interactions.MayPrompt(Authorization.Client, OrganizationPrompts.BeforeLogin);

    /// <summary>The client also allows users without an organization.</summary>
    public bool MayGoAlone => Authorization.Client.OrganizationUsage == OrganizationUsages.Allow;

    public string Typed { get; private set; } = "";

    public bool Unknown { get; private set; }

    public IActionResult OnGet() => Due(consentIsCovered: false) is Interaction.Organization ? Page() : Resume(Pending);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Due(consentIsCovered: false) is not Interaction.Organization)
            return Resume(Pending);
        return Request.Posted("action") switch
        {
            "cancel" => await DenyAsync(),
            "another" => Resume(Pending.ForAnother(Now)),
            "personal" when MayGoAlone => Resume(Pending with { IsPersonal = true, OrganizationChosenBy = ChosenBy }),
            _ => await FindAsync(ct) is { } chosen
                ? Resume(Pending with { OrganizationId = chosen.Id, OrganizationChosenBy = ChosenBy })
                : Page(),
        };
    }

    private string? ChosenBy => AsksForName ? null : SignedIn?.User.UserId;

    private async Task<Organization?> FindAsync(CancellationToken ct)
    {
        if (!AsksForName)
            return Membership.Choices.FirstOrDefault(choice => choice.Id == Request.Posted(Field));
        Typed = Request.Posted(Field).Trim();
        var name = Typed.ToLowerInvariant();
        var found = OrganizationNames.IsName(name) ? await organizations.FindByNameAsync(name, ct) : null;
        Unknown = found?.Admits(Authorization.Client) != true;
        return Unknown ? null : found;
    }
}
