//! A Jekyll site of any size, the same every time: French posts with headings, links, images, lists and code.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const SENTENCES: [&str; 12] = [
    "Le compilateur refuse ce programme parce que la valeur est encore empruntée par une autre fonction.",
    "Nous avons mesuré chaque étape avant de changer quoi que ce soit dans la boucle principale.",
    "La conférence commence à neuf heures, et les ateliers de l'après-midi sont ouverts à toutes et à tous.",
    "Il suffit souvent de lire le message d'erreur jusqu'au bout pour comprendre ce qui ne va pas.",
    "Une bonne documentation raconte pourquoi les choses sont ainsi, et non seulement comment elles marchent.",
    "Les équipes qui écrivent leurs tests d'abord gagnent du temps dès la deuxième semaine du projet.",
    "Cette bibliothèque ne fait qu'une seule chose, mais elle la fait vite et sans surprise.",
    "Au printemps, l'association organise une rencontre autour des données ouvertes de la ville.",
    "Pour les petites images, le format importe moins que le nombre de requêtes envoyées au serveur.",
    "On oublie trop facilement que la plupart des lectrices consultent le blog depuis un téléphone.",
    "Le cache garde les réponses pendant une heure, puis les demande de nouveau au service distant.",
    "Chaque version apporte son lot de corrections, de promesses tenues et de nouvelles questions.",
];

/// Writes the site, unless it is there already, and returns its folder.
pub fn site(folder: &Path, pages: usize) -> PathBuf {
    let done = folder.join("_config.yml");
    if done.exists() {
        return folder.to_path_buf();
    }
    fs::create_dir_all(folder.join("assets")).expect("the temporary folder can be written");
    for number in 0..20 {
        let gif = [b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".as_slice(), &[number]].concat();
        fs::write(folder.join(format!("assets/photo-{number}.gif")), gif).expect("images can be written");
    }
    let mut random = 12345_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    for page in 0..pages {
        let (year, month, day) = (2010 + page % 14, 1 + page % 12, 1 + page % 28);
        let posts = folder.join(format!("_posts/{year}"));
        fs::create_dir_all(&posts).expect("folders can be made");
        let text = post(page, pages, &mut next);
        fs::write(posts.join(format!("{year}-{month:02}-{day:02}-billet-numero-{page}.md")), text)
            .expect("posts can be written");
    }
    fs::write(done, "title: Banc\nlang: fr\npermalink: /:year/:month/:title/\n")
        .expect("the configuration can be written");
    folder.to_path_buf()
}

fn post(page: usize, pages: usize, next: &mut impl FnMut(usize) -> usize) -> String {
    let mut text = format!(
        "---\nlayout: post\ntitle: \"Billet numéro {page}\"\nauthor: claire\ntags: [rust, mesure, banc-{}]\n---\n\n",
        page % 40
    );
    for section in 0..4 {
        let _ = writeln!(text, "## Partie {section} du billet\n");
        for _ in 0..3 {
            for _ in 0..4 {
                text.push_str(SENTENCES[next(SENTENCES.len())]);
                text.push(' ');
            }
            let other = next(pages);
            let (year, month) = (2010 + other % 14, 1 + other % 12);
            let _ = writeln!(
                text,
                "Voir [le billet](/{year}/{month:02}/billet-numero-{other}/) et [le site](https://example.org/{other}).\n"
            );
        }
        let _ = writeln!(text, "![Une photo prise ce jour-là](/assets/photo-{}.gif)\n", next(20));
        text.push_str("- un point avec du `code`\n- un autre **important**\n- un [lien](#partie-0-du-billet)\n\n");
        text.push_str("```rust\nfn main() {\n    let valeur = 1;\n}\n```\n\n");
    }
    text
}
