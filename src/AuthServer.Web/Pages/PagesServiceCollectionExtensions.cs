using System.Text.Encodings.Web;
using System.Text.Unicode;
using AuthServer.Protocol.Responses;
using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Branding;
using AuthServer.Web.Pages.EmailLinks;
using AuthServer.Web.Pages.SignIn;
using AuthServer.Web.Sessions;
using AuthServer.Web.Startup;
using AuthServer.Web.Tenancy;
using AuthServer.Web.TryIt;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.WebEncoders;

namespace AuthServer.Web.Pages;

/// <summary>
/// The Razor Pages: sign-in, account, links in emails, the start page, the guide and the sample application.
/// </summary>
public static class PagesServiceCollectionExtensions
{
    private static readonly string[] ReadOnly = ["GET", "HEAD"];
    private static readonly string[] WithForm = ["GET", "HEAD", "POST"];

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorPages(Configure).AddMvcOptions(Configure);
        services.AddSingleton<IAntiforgery, PageAntiforgery>();

        // Japanese stays readable in the source; what is dangerous in HTML is encoded all the same.
        services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton<PageRenderer>();
        services
            .AddSingleton<ErrorPage>()
            .AddSingleton<IErrorPage>(provider => provider.GetRequiredService<ErrorPage>());
        services.AddSingleton<LogoCache>().AddSingleton<FontCache>();
        services.AddKeyedSingleton<LogoCache>(PageAssets.ClientLogos);
        services.AddSingleton<ConsentTickets>();
        services.AddSingleton<FirstUser>();
        services.AddScoped<BrandedOrganization>();
        services.AddScoped<Brand>(provider =>
            Brand.Of(
                provider.GetRequiredService<CurrentTenant>().TenantIfFound?.Settings,
                provider.GetRequiredService<BrandedOrganization>().Organization));
        services.AddScoped<Func<Brand>>(provider => provider.GetRequiredService<Brand>);
        services.AddScoped<GuideValues>();
        services.AddScoped<OrganizationBrands>().AddScoped<InteractionParts>().AddScoped<TicketParts>();
        services.AddTryIt();
        services.AddResponseCompression(options => options.EnableForHttps = true);
        return services;
    }

    /// <summary>
    /// The dashboard's pages are an area: other pages of this server neither require nor read its sign-in.
    /// </summary>
    private static void Configure(RazorPagesOptions options)
    {
        var frame = new PageFrame();
        options.Conventions.ConfigureFilter(frame);
        options.Conventions.AddAreaFolderApplicationModelConvention(
            DashboardAuthentication.Area, "/", page => page.Filters.Add(frame));
        options.Conventions.AuthorizeAreaFolder(DashboardAuthentication.Area, "/", DashboardAuthentication.Scheme);
    }

    /// <summary>
    /// No page reads jQuery's names of fields (<c>a[0]</c>); a name that is not quite so would be an error.
    /// </summary>
    private static void Configure(MvcOptions options)
    {
        options.Filters.Add(new ForgedFormFilter());
        options.Filters.Add(new PasswordQueueFullFilter());
        options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseStatusCodePages(StatusCodePages.DrawAsync);
        app.UseMiddleware<PageFormMiddleware>();

        // Only files that hold no secret: the length of a compressed page would betray its secrets (CVE-2013-3587).
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal),
            assets => assets.UseResponseCompression());
        PageAssets.Map(app);
        app.MapRazorPages().Add(page => page.Metadata.Add(new HttpMethodMetadata(HasForm(page) ? WithForm : ReadOnly)));
    }

    /// <summary>A page takes forms when its model has a handler for them.</summary>
    private static bool HasForm(EndpointBuilder page)
    {
        var file = page.Metadata.OfType<PageActionDescriptor>().First().RelativePath;
        var model = $"AuthServer.Web{Path.ChangeExtension(file, null).Replace('/', '.')}Model";
        return Type.GetType(model, throwOnError: true)!.GetMethods()
            .Any(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal));
    }
}
