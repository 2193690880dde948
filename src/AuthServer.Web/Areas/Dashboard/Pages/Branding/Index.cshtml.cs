using System.Text.Json.Nodes;
using AuthServer.Core.Tenants;
using AuthServer.Web.Areas.Dashboard.Forms;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AuthServer.Web.Areas.Dashboard.Pages.Branding;

/// <summary>How the pages look, beside the sign-in page in a frame.</summary>
[RequiresScope("read:branding")]
internal sealed class IndexModel(DashboardServices services, BrandingService branding, Tenant tenant)
    : FormPage(services)
{
    private const string Background = "colors.page_background";

    private static readonly FormSection[] FormSections =
    [
        new(
            "Colours",
            FormField.Colour("colors.primary"),
            FormField.Colour(Background + ".start"),
            FormField.Colour(Background + ".end"),
            FormField.Number(Background + ".angle_deg")),
        new("Images", FormField.Code("logo_url"), FormField.Code("favicon_url")),
        new("Font", FormField.Code("font.url")),
    ];

    private JsonObject stored = [];

    /// <summary>Of the frame.</summary>
    [FromQuery]
    public string? Scheme { get; set; }

    /// <summary>Of the frame.</summary>
    [FromQuery]
    public string? Language { get; set; }

    /// <summary>The frame's page.</summary>
    public string PreviewPath => PreviewModel.PathOf(IsDark, ShownLanguage);

    public bool IsDark => Scheme == PreviewModel.Dark;

    public string ShownLanguage =>
        PageLanguage.Spoken.FirstOrDefault(known => known == Language) ?? PageLanguage.Spoken[0];

    /// <summary>Whether the tenant's colour is not readable everywhere.</summary>
    public bool IsAdjusted(Brand brand) => MemberPath.Find(stored, "colors.primary") is not null
        && (brand.LightInk != brand.Colour || brand.DarkInk != brand.Colour);

    protected override string Resource => "Branding";

    protected override string Operation => "PATCH /api/v2/branding";

    protected override IReadOnlyList<FormSection> Sections => FormSections;

    /// <summary>This page with the frame in another scheme or language.</summary>
    public static string PathOf(bool isDark, string language) => "/dashboard/branding" + QueryString
        .Create("scheme", isDark ? PreviewModel.Dark : PreviewModel.Light).Add("language", language);

    public override Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        PageHeaders.Set(Response, frames: [tenant.Issuer.Value]);
        return base.OnPageHandlerExecutionAsync(context, next);
    }

    protected override async Task<JsonObject> ReadAsync(CancellationToken ct) =>
        stored = Fill(await branding.GetAsync(ct));

    protected override Task UpdateAsync(JsonBody body, CancellationToken ct) => branding.UpdateAsync(body, ct);

    protected override bool IsCurrent(JsonObject resource) => base.IsCurrent(Fill(resource));

    /// <summary>
    /// The background is a colour, or a gradient when it has two. Only a gradient has an angle: one that was typed
    /// beside a single colour is refused for the colour that is missing.
    /// </summary>
    protected override JsonObject BodyOf(JsonObject changes)
    {
        if (MemberPath.Find(changes, Background) is not JsonObject changed)
            return changes;
        var all = MemberPath.Find(stored, Background)?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in changed)
            all[name] = value?.DeepClone();
        var (start, end) = (all["start"], all["end"]);
        var isGradient = changed["angle_deg"] is not null || (start is not null && end is not null);
        MemberPath.Set(changes, Background, isGradient ? GradientOf(all) : (start ?? end)?.DeepClone());
        return changes;
    }

    private static JsonObject GradientOf(JsonObject members)
    {
        var gradient = new JsonObject { ["type"] = "linear-gradient" };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
            gradient[name] = value!.DeepClone();
        return gradient;
    }

    private static JsonObject Fill(JsonObject resource)
    {
        if (MemberPath.Find(resource, Background) is not JsonValue colour)
            return resource;
        var filled = resource.DeepClone().AsObject();
        MemberPath.Set(filled, Background, new JsonObject { ["start"] = colour.DeepClone() });
        return filled;
    }
}
