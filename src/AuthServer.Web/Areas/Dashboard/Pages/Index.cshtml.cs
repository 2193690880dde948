using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Areas.Dashboard.Pages;

/// <summary>The first page.</summary>
internal sealed class IndexModel : PageModel;
